import FoveaCore
import Logging

/// Holds the models that are in memory, as ``ModelResidency`` decides.
actor ModelCache {
    /// What the cache needs from the engine around it.
    struct Actions: Sendable {
        /// Bytes that a model will need, before it is loaded.
        var estimate: @Sendable (ModelID) async throws -> Int
        /// Loads a model; is given what to do when a better device is found
        /// for it.
        var load:
            @Sendable (ModelID, _ onBetter: @escaping @Sendable (OpenedModel) async -> Void) async throws ->
                OpenedModel
        /// Is called on a thread that may block, after models were released.
        var trim: @Sendable () -> Void
        var onEvent: @Sendable (EngineEvent) -> Void
    }

    typealias Load = Task<Void, any Error>

    var residency: ModelResidency
    var models: [ModelID: OpenedModel] = [:]
    var loads: [ModelID: Load] = [:]
    var turns: [ModelResidency.Ticket: CheckedContinuation<Load?, any Error>] = [:]
    var lastUnload: Task<Void, Never>?
    let actions: Actions
    let logger: Logger
    let clock = ContinuousClock()
    /// Releasing a model blocks for a moment.
    let releases = BlockingPool(name: "release", width: 1)

    init(residency: ModelResidency, actions: Actions, logger: Logger) {
        self.residency = residency
        self.actions = actions
        self.logger = logger
    }

    /// Does something with a model, loaded if it has to be, which stays in
    /// memory for as long as that takes.
    ///
    /// A slow load keeps nobody else waiting; a failed one is told to all who
    /// waited, and tried again for the next request.
    nonisolated func withModel<Result: Sendable>(
        _ id: ModelID, _ body: @Sendable (LoadedModel) async throws -> Result
    ) async throws -> Result {
        try await lease(id)
        let result: Swift.Result<Result, any Error>
        do {
            // No variable for the model: nothing here may hold it once it is
            // released below.
            result = .success(try await body(model(id)))
        } catch {
            result = .failure(error)
        }
        await release(id)
        return try result.get()
    }

    /// Loads a model and keeps it for good.
    func pin(_ id: ModelID) async throws {
        residency.pin(id)
        try await lease(id, isPreload: true)
        release(id)
    }

    /// Unloads models whose time has passed, until the task is cancelled.
    ///
    /// - Parameter interval: looks for them that often, at most.
    func sweep(every interval: Duration) async {
        while !Task.isCancelled {
            let now = clock.now
            let next = max(now + interval, residency.nextExpiry(at: now) ?? now + .seconds(86_400))
            guard (try? await clock.sleep(until: next)) != nil else { return }
            await unload(residency.expire(at: clock.now), .idle)?.value
        }
    }

    private func model(_ id: ModelID) -> LoadedModel {
        guard let model = models[id] else { preconditionFailure("\(id) is leased without a model") }
        return model.model
    }

    /// Where a model runs that is in memory.
    func placement(of id: ModelID) -> Placement? { models[id]?.placement }

    /// Models in memory that run on another device than they should.
    func displaced() -> [(id: ModelID, placement: Placement)] {
        models.filter { $0.value.placement.wanted != nil }.map { ($0.key, $0.value.placement) }
            .sorted { $0.id.description < $1.id.description }
    }

    private func lease(_ id: ModelID, isPreload: Bool = false) async throws {
        let bytes = residency.holds(id) ? 0 : try await actions.estimate(id)
        let load: Load?
        switch residency.request(id, bytes: bytes, isPreload: isPreload, at: clock.now) {
        case .share: load = loads[id]
        case .load(let victims): load = startLoading(id, evicting: victims, isPreload: isPreload)
        case .wait(let ticket): load = try await turn(ticket, for: id)
        case .refuse(let refusal): throw refused(refusal)
        }
        guard let load else { return }
        let begun = SuspendingClock.now
        defer { PredictionTrace.current?.add(SuspendingClock.now - begun, to: .load) }
        try await load.value
    }

    private func release(_ id: ModelID) {
        carryOut(residency.release(id, at: clock.now))
    }
}
