package import FoveaCore

extension ModelResidency {
    /// Forgets the models whose time has passed.
    ///
    /// - Returns: the models to unload.
    package mutating func expire(at now: ContinuousClock.Instant) -> [ModelID] {
        guard let timeToLive else { return [] }
        let expired = idle.filter { $0.value.lastUsed.duration(to: now) >= timeToLive }.keys
            .sorted { $0.description < $1.description }
        for id in expired { models[id] = nil }
        return expired
    }

    /// When it is worth to call ``expire(at:)`` again. `nil`: never.
    package func nextExpiry(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard let timeToLive else { return nil }
        // What is in use, or loaded from now on, has all its time before it.
        return idle.values.reduce(now + timeToLive) { min($0, $1.lastUsed + timeToLive) }
    }

    private var idle: [ModelID: Model] {
        models.filter { !$0.value.isBusy && !keeps($0.key) }
    }
}
