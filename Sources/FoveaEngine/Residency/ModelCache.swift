import FoveaCore
import Logging

/// Holds the models that are in memory, as ``ModelResidency`` decides.
actor ModelCache {
    /// What the cache needs from the engine around it.
    struct Actions: Sendable {
        /// Bytes that a model will need, before it is loaded.
        var estimate: @Sendable (ModelID) async throws -> Int
        var load: @Sendable (ModelID) async throws -> (LoadedModel, Placement)
        /// Is called on a thread that may block, after models were released.
        var trim: @Sendable () -> Void
        var onEvent: @Sendable (EngineEvent) -> Void
    }

    private typealias Load = Task<Void, any Error>

    private var residency: ModelResidency
    private var models: [ModelID: LoadedModel] = [:]
    private var loads: [ModelID: Load] = [:]
    private var turns: [ModelResidency.Ticket: CheckedContinuation<Load?, any Error>] = [:]
    private let actions: Actions
    private let logger: Logger
    private let clock = ContinuousClock()
    /// Releasing a model blocks for a moment.
    private let releases = BlockingPool(name: "release", width: 1)

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
            let expired = residency.expire(at: clock.now)
            await unload(expired, take(expired), .idle)
        }
    }

    private func model(_ id: ModelID) -> LoadedModel {
        guard let model = models[id] else { preconditionFailure("\(id) is leased without a model") }
        return model
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

// MARK: Waiting for memory

extension ModelCache {
    /// Waits until others have released the memory that a model needs.
    ///
    /// - Returns: the load to wait for, if there is one.
    private func turn(_ ticket: ModelResidency.Ticket, for id: ModelID) async throws -> Load? {
        logger.info("\(id.type.rawValue) model '\(id.name)' waits until others release the memory it needs")
        let begun = SuspendingClock.now
        defer { PredictionTrace.current?.add(SuspendingClock.now - begun, to: .queue) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { turns[ticket] = $0 }
        } onCancel: {
            Task { await self.giveUp(ticket) }
        }
    }

    private func giveUp(_ ticket: ModelResidency.Ticket) {
        // Its turn may just have come.
        guard let turn = turns.removeValue(forKey: ticket) else { return }
        turn.resume(throwing: CancellationError())
        carryOut(residency.cancel(ticket, at: clock.now))
    }

    private func carryOut(_ admissions: [ModelResidency.Admission]) {
        for admission in admissions {
            let turn = turns.removeValue(forKey: admission.ticket)
            switch admission.decision {
            case .share: turn?.resume(returning: loads[admission.model])
            case .load(let victims):
                turn?.resume(
                    returning: startLoading(
                        admission.model, evicting: victims, isPreload: admission.isPreload))
            case .refuse(let refusal): turn?.resume(throwing: refused(refusal))
            case .wait: preconditionFailure("An admission ends a wait")
            }
        }
    }

    private func refused(_ refusal: ModelResidency.Refusal) -> FoveaError {
        let error = refusal.error
        logger.error("\(error)")
        actions.onEvent(.loadFailed(refusal.model, message: error.message))
        return error
    }
}

// MARK: Loading and unloading

extension ModelCache {
    private func startLoading(_ id: ModelID, evicting victims: [ModelID], isPreload: Bool) -> Load {
        let evicted = take(victims)
        let priority: WorkPriority = isPreload ? .low : id.type == .textual ? .high : .normal
        // Unstructured on purpose: the load serves whoever asks, so it
        // outlives a requester that hangs up, and is no part of its report.
        let load = PredictionTrace.$current.withValue(nil) {
            WorkPriority.$current.withValue(priority) {
                Task {
                    await unload(victims, evicted, .evicted)
                    try await finishLoading(id)
                }
            }
        }
        loads[id] = load
        return load
    }

    private func finishLoading(_ id: ModelID) async throws {
        logger.info("Loading \(id.type.rawValue) model '\(id.name)' to memory")
        actions.onEvent(.loading(id))
        let begun = SuspendingClock.now
        do {
            let (model, placement) = try await actions.load(id)
            models[id] = model
            loads[id] = nil
            residency.loaded(id, at: clock.now)
            actions.onEvent(
                .loaded(
                    id, placement, bytes: residency.bytes(of: id), took: SuspendingClock.now - begun,
                    pinned: residency.keeps(id)))
        } catch {
            loads[id] = nil
            logger.error("Loading \(id.type.rawValue) model '\(id.name)' failed: \(error)")
            let message = (error as? FoveaError)?.message ?? "\(error)"
            actions.onEvent(.loadFailed(id, message: message))
            carryOut(residency.failed(id, at: clock.now))
            throw error
        }
    }

    /// Takes models out, for ``unload(_:_:_:)``.
    private func take(_ ids: [ModelID]) -> ReleaseBox {
        ReleaseBox(ids.compactMap { models.removeValue(forKey: $0) })
    }

    /// Releases models and gives their memory back before it returns.
    private func unload(
        _ ids: [ModelID], _ box: ReleaseBox, _ reason: EngineEvent.UnloadReason
    ) async {
        guard !ids.isEmpty else { return }
        // Not for the one who happens to wait: a hung-up client must not stop it.
        await Task { [releases, actions] in
            try? await releases.run {
                box.empty()
                actions.trim()
            }
        }.value
        for id in ids {
            let why = reason == .idle ? "due to inactivity" : "to make room for another"
            logger.info("Unloading \(id.type.rawValue) model '\(id.name)' \(why)")
            actions.onEvent(.unloaded(id, reason: reason))
        }
    }
}
