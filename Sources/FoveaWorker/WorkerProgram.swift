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
        makeEngine:
            @Sendable (@escaping @Sendable (EngineEvent) -> Void) throws -> (
                engine: Engine, description: String
            )
    ) async throws {
        let line = ControlLine(descriptor: ControlLine.moveAside(STDIN_FILENO)) { end in
            // Nothing is to be finished, and native code may hang: no good byes.
            unlink(socketPath)
            // Other workers may come as long as there is a gateway.
            if end == .gatewayGone { rmdir(URL(filePath: socketPath).deletingLastPathComponent().path) }
            _exit(0)
        }
        do {
            try await serve(
                settings: settings, socketPath: socketPath, line: line, logger: logger, makeEngine: makeEngine
            )
        } catch {
            // Without the cause, which may name files: anybody may see it in /health.
            line.send(.unusable(reason: (error as? FoveaError)?.message ?? "\(error)"))
            throw error
        }
    }

    private static func serve(
        settings: Settings, socketPath: String, line: ControlLine, logger: Logger,
        makeEngine:
            @Sendable (@escaping @Sendable (EngineEvent) -> Void) throws -> (
                engine: Engine, description: String
            )
    ) async throws {
        let (events, feed) = AsyncStream<EngineEvent>.makeStream()
        let (engine, description) = try makeEngine { feed.yield($0) }
        line.start(watching: engine.nativeCalls)

        var tuned = settings
        // The gateway closes its connections itself, and bounds what it sends.
        tuned.keepAlive = .seconds(86_400)
        tuned.limits.queueRequests = Int.max / 2
        tuned.limits.queueBytes = Int.max / 2
        tuned.rejectsOverload = false
        let server = PredictionServer(
            service: EngineService(engine: engine), settings: tuned, on: .unixSocket(path: socketPath),
            logger: logger
        ) { _ in
            line.send(.ready(engine: description))
        }
        try await withThrowingTaskGroup { group in
            group.addTask { for await event in events { line.send(.model(event)) } }
            group.addTask { [settings] in
                await engine.keepModels(preloading: settings.preload, logger: logger)
            }
            group.addTask { try await server.run() }
            // Not waitForAll(): a worker that cannot listen has to say so and
            // end, and the others would go on for ever.
            while try await group.next() != nil {}
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
