public import FoveaCore
public import FoveaEngine
public import FoveaServer
import Foundation
public import Logging
import ServiceLifecycle

/// The life of a worker process: answers its gateway over a Unix socket until
/// the gateway ends or wants no more of it.
public enum WorkerProgram {
    /// Serves until the process ends.
    ///
    /// - Parameters:
    ///   - socketPath: where to listen.
    ///   - makeEngine: is given where to report the engine's events to.
    /// - Throws: what making the engine and listening throw.
    public static func run(
        settings: Settings, socketPath: String, logger: Logger,
        makeEngine: (@escaping @Sendable (EngineEvent) -> Void) throws -> (engine: Engine, description: String)
    ) async throws {
        let line = ControlLine {
            // Nothing is to be finished, and native code may hang: no good byes.
            unlink(socketPath)
            rmdir(URL(filePath: socketPath).deletingLastPathComponent().path)
            _exit(0)
        }
        do {
            try await serve(
                settings: settings, socketPath: socketPath, line: line, logger: logger, makeEngine: makeEngine)
        } catch {
            line.send(.unusable(reason: "\(error)"))
            throw error
        }
    }

    private static func serve(
        settings: Settings, socketPath: String, line: ControlLine, logger: Logger,
        makeEngine: (@escaping @Sendable (EngineEvent) -> Void) throws -> (engine: Engine, description: String)
    ) async throws {
        let (events, feed) = AsyncStream<EngineEvent>.makeStream()
        let (engine, description) = try makeEngine { feed.yield($0) }
        line.start(watching: engine.nativeCalls)

        var settings = settings
        // The gateway closes its connections itself, and bounds what it sends.
        settings.keepAlive = .seconds(86_400)
        settings.limits.queueRequests = Int.max / 2
        settings.limits.queueBytes = Int.max / 2
        settings.rejectsOverload = false
        let server = PredictionServer(
            service: EngineService(engine: engine), settings: settings, on: .unixSocket(path: socketPath),
            logger: logger
        ) { _ in
            line.send(.ready(engine: description))
        }
        try await withThrowingTaskGroup { group in
            group.addTask { for await event in events { line.send(WorkerEvent(event)) } }
            group.addTask { await engine.keepModels(preloading: settings.preload, logger: logger) }
            group.addTask { try await server.run() }
            try await group.waitForAll()
        }
    }
}

extension Engine {
    /// Loads what is to be there before anybody asks, then unloads what nobody
    /// asks for, until the task is cancelled.
    public func keepModels(preloading models: [ModelID], logger: Logger) async {
        for id in models where !Task.isCancelled {
            do {
                try await preload(id)
            } catch {
                // The service can still answer for other models, and says why for this one.
                logger.error("Preloading \(id) failed: \(error)")
            }
        }
        await run()
    }
}

extension WorkerEvent {
    init(_ event: EngineEvent) {
        switch event {
        case .loading(let id): self = .loading(id)
        case .loaded(let id, let placement, let bytes, let took, _):
            self = .loaded(
                id, Residence(placement: placement, bytes: bytes, loadSeconds: took / .seconds(1)))
        case .loadFailed(let id, let message): self = .loadFailed(id, message: message)
        case .unloaded(let id, _): self = .unloaded(id)
        }
    }
}
