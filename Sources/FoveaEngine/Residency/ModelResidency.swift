package import FoveaCore

/// Decides which models are in memory: loads once, keeps what is in use, makes
/// room by letting go of what was not used for longest, and lets go of what
/// nobody has asked for in a while.
///
/// Only decides. ``ModelCache`` does what the answers say. Whoever is let to a
/// model has a lease on it until ``release(_:at:)``: a model in use is never
/// unloaded.
package struct ModelResidency {
    typealias Instant = ContinuousClock.Instant

    /// A model that is in memory, or being loaded.
    struct Model {
        var bytes: Int
        var isLoading = true
        var leases = 1
        var lastUsed: Instant

        /// Whether somebody uses it or will as soon as it is loaded.
        var isBusy: Bool { isLoading || leases > 0 }
    }

    /// A request that waits for memory.
    struct Waiting {
        var ticket: Ticket
        var model: ModelID
        var bytes: Int
        var isPreload: Bool
    }

    let timeToLive: Duration?
    let memoryBudget: Int?
    let keepAlways: @Sendable (ModelID) -> Bool
    var models: [ModelID: Model] = [:]
    /// First come first served, but those who load ahead of use come last.
    var waiting: [Waiting] = []
    private var pinned: Set<ModelID> = []
    private var lastTicket = 0

    /// - Parameters:
    ///   - timeToLive: how long a model that nobody asks for stays. `nil`: for
    ///     ever.
    ///   - memoryBudget: bytes that models may take together. `nil`: any.
    ///   - keepAlways: models that stay once they are loaded.
    package init(
        timeToLive: Duration?, memoryBudget: Int? = nil,
        keepAlways: @escaping @Sendable (ModelID) -> Bool = { _ in false }
    ) {
        self.timeToLive = timeToLive
        self.memoryBudget = memoryBudget
        self.keepAlways = keepAlways
    }

    /// Whether the model is in memory or being loaded.
    package func holds(_ id: ModelID) -> Bool { models[id] != nil }

    /// Whether the model stays in memory for good once it is there.
    package func keeps(_ id: ModelID) -> Bool { pinned.contains(id) || keepAlways(id) }

    /// Bytes that a model in memory is taken to need.
    package func bytes(of id: ModelID) -> Int { models[id]?.bytes ?? 0 }

    /// The model must never be unloaded once it is loaded.
    package mutating func pin(_ id: ModelID) { pinned.insert(id) }

    /// Somebody wants the model now.
    ///
    /// - Parameters:
    ///   - bytes: what the model needs, where it is not in memory.
    ///   - isPreload: nobody waits for it, so whoever does goes first.
    package mutating func request(
        _ id: ModelID, bytes: Int = 0, isPreload: Bool = false, at now: ContinuousClock.Instant
    ) -> Decision {
        // Who waits for a model that is here may find it gone, and load it again.
        let bytes = models[id]?.bytes ?? bytes
        let head = waiting.first { !$0.isPreload || isPreload }
        if let decision = admit(id, bytes: bytes, behind: head, at: now) { return decision }
        lastTicket += 1
        let request = Waiting(
            ticket: Ticket(number: lastTicket), model: id, bytes: bytes, isPreload: isPreload)
        let place = isPreload ? nil : waiting.firstIndex { $0.isPreload }
        waiting.insert(request, at: place ?? waiting.endIndex)
        return .wait(request.ticket)
    }

    /// Whoever waited with this ticket does so no more.
    ///
    /// - Returns: who else is let in.
    package mutating func cancel(_ ticket: Ticket, at now: ContinuousClock.Instant) -> [Admission] {
        waiting.removeAll { $0.ticket == ticket }
        return admitWaiting(at: now)
    }

    /// The load that was decided on has ended well.
    package mutating func loaded(_ id: ModelID, at now: ContinuousClock.Instant) {
        models[id]?.isLoading = false
        models[id]?.lastUsed = now
    }

    /// The load that was decided on has failed, and with it all leases on the
    /// model. The next request tries again.
    ///
    /// - Returns: who is let in.
    package mutating func failed(_ id: ModelID, at now: ContinuousClock.Instant) -> [Admission] {
        models[id] = nil
        return admitWaiting(at: now)
    }

    /// One who was let to the model needs it no more.
    ///
    /// - Returns: who is let in.
    package mutating func release(_ id: ModelID, at now: ContinuousClock.Instant) -> [Admission] {
        models[id]?.leases -= 1
        models[id]?.lastUsed = now
        return admitWaiting(at: now)
    }
}
