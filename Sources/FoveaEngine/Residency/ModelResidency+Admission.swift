import FoveaCore

extension ModelResidency {
    /// Lets a request in if it can go now.
    ///
    /// - Parameter head: the one that has waited for longest. What comes after
    ///   it may neither take memory nor keep a model busy that has to go for
    ///   it, or it might wait for ever.
    /// - Returns: `nil` if the request has to wait.
    mutating func admit(_ id: ModelID, bytes: Int, behind head: Waiting?, at now: Instant) -> Decision? {
        if models[id] != nil {
            if let head, victims(for: head.bytes).contains(id) { return nil }
            models[id]?.leases += 1
            models[id]?.lastUsed = now
            return .share
        }
        if let refusal = refusal(of: id, bytes: bytes) { return .refuse(refusal) }
        guard head == nil else { return nil }
        let victims = victims(for: bytes)
        guard victims.allSatisfy({ models[$0]?.isBusy == false }) else { return nil }
        for victim in victims { models[victim] = nil }
        models[id] = Model(bytes: bytes, lastUsed: now)
        return .load(evicting: victims)
    }

    /// Lets in those who can go now, in their order.
    mutating func admitWaiting(at now: Instant) -> [Admission] {
        var admissions: [Admission] = []
        var left: [Waiting] = []
        var loading: Set<ModelID> = []
        for request in waiting {
            // Whoever waits for the same model goes along with the first: it
            // is loaded anyway, and might have to be loaded again otherwise.
            let head = loading.contains(request.model) ? nil : left.first
            guard let decision = admit(request.model, bytes: request.bytes, behind: head, at: now) else {
                left.append(request)
                continue
            }
            if case .load = decision { loading.insert(request.model) }
            admissions.append(
                Admission(
                    ticket: request.ticket, model: request.model, isPreload: request.isPreload,
                    decision: decision))
        }
        waiting = left
        return admissions
    }

    /// The models that have to go before `bytes` more fit, whether or not they
    /// can go yet: idle ones before busy ones, least recently used first, and
    /// none without need.
    private func victims(for bytes: Int) -> [ModelID] {
        guard let memoryBudget else { return [] }
        var missing = models.values.reduce(bytes) { $0 + $1.bytes } - memoryBudget
        guard missing > 0 else { return [] }
        var victims: [(id: ModelID, model: Model)] = []
        for candidate in candidates where missing > 0 {
            victims.append(candidate)
            missing -= candidate.model.bytes
        }
        // A large one at the end may have made small ones before it needless.
        for (index, victim) in victims.enumerated().reversed() where missing + victim.model.bytes <= 0 {
            victims.remove(at: index)
            missing += victim.model.bytes
        }
        return victims.map(\.id)
    }

    /// What may be unloaded sooner or later, in the order in which it should.
    private var candidates: [(id: ModelID, model: Model)] {
        models.filter { !keeps($0.key) }
            .sorted { first, second in
                if first.value.isBusy != second.value.isBusy { return second.value.isBusy }
                if first.value.lastUsed != second.value.lastUsed {
                    return first.value.lastUsed < second.value.lastUsed
                }
                return first.key.description < second.key.description
            }
            .map { (id: $0.key, model: $0.value) }
    }

    /// Says no to a model that does not fit beside those that stay for good.
    private func refusal(of id: ModelID, bytes: Int) -> Refusal? {
        guard let memoryBudget else { return nil }
        let kept = models.filter { keeps($0.key) }
        guard kept.values.reduce(bytes, { $0 + $1.bytes }) > memoryBudget else { return nil }
        return Refusal(
            model: id, bytes: bytes, budget: memoryBudget,
            kept: kept.map { Refusal.Kept(model: $0.key, bytes: $0.value.bytes) }
                .sorted { ($1.bytes, $0.model.description) < ($0.bytes, $1.model.description) })
    }
}
