/// How a slot is supervised.
package struct SlotRules: Sendable, Hashable {
    /// Requests a worker is given at a time.
    package var capacity: Int
    /// More that it is given where somebody waits for them.
    package var interactiveReserve: Int
    /// How long a native call may run, a worker take to start, or be silent
    /// while it has work, before it is killed.
    package var patience: Duration
    /// How long a worker without a model stays; `nil` for ever.
    package var idleTime: Duration?
    /// Deaths without an answer between them that make a crash loop.
    package var crashLoopLength: Int
    /// How long a slot in a crash loop is left alone before it is tried once more.
    package var failureRest: Duration
    /// Deaths of a worker that ran nothing else which one request may cause.
    package var deathsAllowed: Int
    /// How long a worker may live on after it broke off a request.
    package var lossGrace: Duration
    /// Whether the slot is another service: nobody's worker, which comes and
    /// goes as it likes.
    package var isService: Bool
    /// Requests in a row that a service may leave unanswered before it is left
    /// alone for a while, though it says that it is there.
    package var declinesAllowed = 5

    package init(
        capacity: Int, interactiveReserve: Int = 2, patience: Duration = .seconds(300),
        idleTime: Duration? = .seconds(300), crashLoopLength: Int = 5, failureRest: Duration = .seconds(300),
        deathsAllowed: Int = 2, lossGrace: Duration = .seconds(5), isService: Bool = false
    ) {
        self.capacity = capacity
        self.interactiveReserve = interactiveReserve
        self.patience = patience
        self.idleTime = idleTime
        self.crashLoopLength = crashLoopLength
        self.failureRest = failureRest
        self.deathsAllowed = deathsAllowed
        self.lossGrace = lossGrace
        self.isService = isService
    }

    /// For another service: it says every few seconds that it is there, and has
    /// to within a minute.
    package static func service(capacity: Int) -> SlotRules {
        SlotRules(capacity: capacity, patience: .seconds(60), idleTime: nil, isService: true)
    }

    /// How long to wait before the start that follows the n-th death in a row:
    /// nothing, then half a second, doubling up to half a minute. A service that
    /// was away n times in a row is asked again after a second, doubling up to
    /// ten: it may have been started anew only.
    package func rest(afterDeaths count: Int) -> Duration {
        if isService { return min(.seconds(1) * (1 << min(max(count - 1, 0), 4)), .seconds(10)) }
        guard count > 1 else { return .zero }
        return min(.milliseconds(500) * (1 << min(count - 2, 6)), .seconds(30))
    }
}
