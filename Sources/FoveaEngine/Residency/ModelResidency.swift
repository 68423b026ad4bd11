package import FoveaCore

/// Decides which models are in memory: loads once, keeps what is in use,
/// lets go of what is not.
///
/// Only decides. ``ModelCache`` does what the returned actions say.
package struct ModelResidency {
    /// What to do about a request for a model.
    package enum Request: Equatable, Sendable {
        /// Nobody has it: load it.
        case load
        /// It is loaded or being loaded: share that.
        case share
    }

    private enum State {
        case loading
        case resident(lastUsed: ContinuousClock.Instant)
    }

    private let timeToLive: Duration?
    private var states: [ModelID: State] = [:]
    private var pinned: Set<ModelID> = []

    /// - Parameter timeToLive: how long a model that nobody asks for stays.
    ///   `nil`: for ever.
    package init(timeToLive: Duration?) {
        self.timeToLive = timeToLive
    }

    /// Somebody wants the model now.
    package mutating func request(_ id: ModelID, at now: ContinuousClock.Instant) -> Request {
        switch states[id] {
        case nil:
            states[id] = .loading
            return .load
        case .loading:
            return .share
        case .resident:
            states[id] = .resident(lastUsed: now)
            return .share
        }
    }

    package func isLoading(_ id: ModelID) -> Bool {
        if case .loading = states[id] { true } else { false }
    }

    /// The model must never be unloaded.
    package mutating func pin(_ id: ModelID) {
        pinned.insert(id)
    }

    /// The load that ``request(_:at:)`` asked for has ended well.
    package mutating func loaded(_ id: ModelID, at now: ContinuousClock.Instant) {
        states[id] = .resident(lastUsed: now)
    }

    /// The load that ``request(_:at:)`` asked for has failed. The next request
    /// tries again.
    package mutating func failed(_ id: ModelID) {
        states[id] = nil
    }

    /// Forgets the models whose time has passed.
    ///
    /// - Returns: the models to unload.
    package mutating func expire(at now: ContinuousClock.Instant) -> [ModelID] {
        guard let timeToLive else { return [] }
        let expired = states.compactMap { id, state -> ModelID? in
            guard case .resident(let lastUsed) = state, !pinned.contains(id) else { return nil }
            return lastUsed.duration(to: now) >= timeToLive ? id : nil
        }
        for id in expired { states[id] = nil }
        return expired
    }
}
