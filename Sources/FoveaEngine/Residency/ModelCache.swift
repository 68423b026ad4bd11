import FoveaCore
import Logging

/// Holds the models that are in memory, as ``ModelResidency`` decides.
actor ModelCache {
    private var residency: ModelResidency
    private var models: [ModelID: Task<LoadedModel, any Error>] = [:]
    private let clock = ContinuousClock()
    private let logger: Logger
    private let load: @Sendable (ModelID) async throws -> LoadedModel

    init(
        timeToLive: Duration?, logger: Logger, load: @escaping @Sendable (ModelID) async throws -> LoadedModel
    ) {
        residency = ModelResidency(timeToLive: timeToLive)
        self.logger = logger
        self.load = load
    }

    /// The model, loaded if it has to be. A slow load keeps nobody else
    /// waiting; a failed one is told to all who waited, and tried again for
    /// the next request.
    func model(_ id: ModelID) async throws -> LoadedModel {
        switch residency.request(id, at: clock.now) {
        case .load:
            logger.info("Loading \(id.type.rawValue) model '\(id.name)' to memory")
            // Unstructured on purpose: the load serves whoever asks, so it
            // outlives a requester that hangs up.
            // It is also no part of one requester's report, who only waits.
            let task = PredictionTrace.$current.withValue(nil) { Task { try await finishLoading(id) } }
            models[id] = task
            return try await waiting { try await task.value }
        case .share:
            guard let task = models[id] else { preconditionFailure("\(id) is resident without a model") }
            guard residency.isLoading(id) else { return try await task.value }
            return try await waiting { try await task.value }
        }
    }

    /// Reports the time that a request waits for a model to load.
    private func waiting(_ load: () async throws -> LoadedModel) async throws -> LoadedModel {
        let begun = SuspendingClock.now
        defer { PredictionTrace.current?.add(SuspendingClock.now - begun, to: .load) }
        return try await load()
    }

    func pin(_ id: ModelID) async throws {
        residency.pin(id)
        _ = try await model(id)
    }

    /// Unloads models whose time has passed, until the task is cancelled.
    func sweep(every interval: Duration) async {
        while (try? await clock.sleep(for: interval)) != nil {
            for id in residency.expire(at: clock.now) {
                logger.info("Unloading \(id.type.rawValue) model '\(id.name)' due to inactivity")
                models[id] = nil
            }
        }
    }

    private func finishLoading(_ id: ModelID) async throws -> LoadedModel {
        do {
            let model = try await load(id)
            residency.loaded(id, at: clock.now)
            return model
        } catch {
            residency.failed(id)
            models[id] = nil
            logger.error("Loading \(id.type.rawValue) model '\(id.name)' failed: \(error)")
            throw error
        }
    }
}
