/// How an answer came about: where its models ran, and what took how long.
public struct PredictionReport: Sendable, Equatable {
    /// What a request's time goes into.
    public enum Phase: String, Sendable, CaseIterable {
        /// Among answers that were given before; no model ran.
        case cache
        /// Waiting for a slot, a thread or a turn.
        case queue
        /// Opening models that were not in memory.
        case load
        /// From an encoded picture to pixels.
        case decode
        /// From pixels or a text to tensors.
        case prepare
        /// In the engine.
        case run
        /// From tensors to an answer.
        case finish
    }

    /// A model's share in an answer.
    public struct ModelRun: Sendable, Hashable {
        public var model: ModelID
        public var placement: Placement
        /// Rows of the largest batch it ran with.
        public var batch: Int
        /// How often it ran.
        public var count: Int

        public init(model: ModelID, placement: Placement, batch: Int, count: Int) {
            self.model = model
            self.placement = placement
            self.batch = batch
            self.count = count
        }
    }

    /// Time spent in each phase; those that did not happen are absent. Phases
    /// of tasks that ran side by side add up, so the sum may be more than the
    /// time that passed.
    public var durations: [Phase: Duration]
    /// The models that ran, in the order of their first run.
    public var runs: [ModelRun]
    /// The other service that answered, as it is shown; `nil` where this one did.
    public var service: String?

    public init(durations: [Phase: Duration] = [:], runs: [ModelRun] = [], service: String? = nil) {
        self.durations = durations
        self.runs = runs
        self.service = service
    }
}
