import ArgumentParser
import FoveaCore
import FoveaEngine
import FoveaServer
import Foundation
import Logging
import ServiceLifecycle

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer Immich's machine-learning requests over HTTP.",
        discussion: """
            Point Immich at it: Administration > Settings > Machine Learning > URL: http://<this machine>:3003.

            Reads Immich's environment variables (IMMICH_HOST, IMMICH_PORT, IMMICH_LOG_LEVEL and
            MACHINE_LEARNING_...); options win over them. --print-config shows every setting, its value and where
            it came from.

            The service is up before models are loaded: each is loaded by the first request for it, or at the
            start where MACHINE_LEARNING_PRELOAD__... names it. SIGTERM or Ctrl-C ends it; requests under way are
            finished first.
            """)

    @Option(help: "Address to listen on. (default: IMMICH_HOST, else every address)")
    var host: String?

    @Option(help: "Port to listen on. (default: IMMICH_PORT, else 3003)")
    var port: Int?

    @OptionGroup var cache: CacheOptions

    @Flag(help: "Print the settings and where each came from, and stop.")
    var printConfig = false

    func run() async throws {
        let settings = try cache.settings(overriding: [
            "IMMICH_HOST": host, "IMMICH_PORT": port.map(String.init),
        ])
        if printConfig {
            StandardOutput.write(SettingsReport(entries: settings.entries).text)
            return
        }
        let logger = Logger.service(settings)
        logger.info("Initializing Fovea \(Version.current)")
        if settings.workers > 1 {
            logger.warning(
                "MACHINE_LEARNING_WORKERS=\(settings.workers): this version serves with one process.")
        }
        let engine = try settings.makeEngine(logger: logger)
        let server = PredictionServer(
            service: EngineService(engine: engine), settings: settings, logger: logger
        ) { address in
            logger.info("Listening on \(address). Models: \(settings.cacheFolder.path)")
        }
        try await server.runUntilSignalled(alongside: [
            ModelService(engine: engine, preload: settings.preload, logger: logger)
        ])
    }
}

/// Answers from an engine in this process.
private struct EngineService: PredictionService {
    let engine: Engine

    func predict(_ request: PredictionRequest) async throws -> PredictionResponse {
        try await engine.predict(request).response
    }
}

/// Keeps an engine's models as the settings say while the service runs:
/// preloads some, unloads the idle.
private struct ModelService: Service {
    let engine: Engine
    let preload: [ModelID]
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for id in preload {
                do {
                    try await engine.preload(id)
                } catch {
                    // The service can still answer for other models, and says why for this one.
                    logger.error("Preloading \(id) failed: \(error)")
                }
            }
            await engine.run()
        }
    }
}
