import ArgumentParser
import CONNXRuntime
import FoveaCore
import FoveaDevices
import FoveaGateway
import FoveaHub
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

            Models run in worker processes, which are started when they are needed, watched, and replaced when
            they die; no request is lost by that. GET /health says how they are, GET /metrics counts.

            The service is up before models are loaded: each is loaded by the first request for it, or at the
            start where MACHINE_LEARNING_PRELOAD__... names it. SIGTERM or Ctrl-C ends it; requests under way are
            finished first. A second Ctrl-C ends it at once.
            """)

    @Option(help: "Address to listen on. (default: IMMICH_HOST, else every address)")
    var host: String?

    @Option(help: "Port to listen on. (default: IMMICH_PORT, else 3003)")
    var port: Int?

    @Option(
        help: """
            Devices of the workers, in turn, separated by commas: cuda:0,cuda:1; http://host:3003 is another \
            service. (default: MACHINE_LEARNING_DEVICE_IDS, else the best that 'fovea devices' shows)
            """)
    var devices: String?

    @Option(help: "Worker processes. (default: MACHINE_LEARNING_WORKERS, else 1)")
    var workers: Int?

    @Option(
        help: """
            What becomes of requests that find the queue full: wait, or reject (429). (default: FOVEA_OVERLOAD, else \
            wait)
            """)
    var overload: String?

    @Option(
        help:
            "A file that says more about devices and models. (default: FOVEA_CONFIG, else <cache>/fovea.yaml)",
        completion: .file(extensions: ["yaml", "yml"]))
    var config: String?

    @OptionGroup var cache: CacheOptions

    @Flag(help: "Run models in this process, without workers: for debugging.")
    var inProcess = false

    @Flag(help: "Print the settings and where each came from, and stop.")
    var printConfig = false

    @Option(help: ArgumentHelp("The program to run as a worker.", visibility: .hidden))
    var workerProgram: String?

    func run() async throws {
        let settings = try cache.settings(overriding: [
            "IMMICH_HOST": host, "IMMICH_PORT": port.map(String.init),
            "MACHINE_LEARNING_WORKERS": (workers ?? devices?.split(separator: ",").count).map(String.init),
            "MACHINE_LEARNING_DEVICE_IDS": devices, "FOVEA_OVERLOAD": overload,
            "FOVEA_CONFIG": config,
        ])
        if printConfig {
            StandardOutput.write(SettingsReport(entries: settings.entries).text)
            return
        }
        // Bodies of many sizes come and go here too.
        fovea_bound_heap(512 << 10)
        let logger = Logger.service(settings)
        logger.info("Initializing Fovea \(Version.current)")
        for warning in settings.warnings + [settings.exposure].compactMap(\.self) {
            logger.warning("\(warning)")
        }

        let intake = Intake(settings)
        let devices = Machine().usable(settings)
        let slots = slotsInUse(try Slot.all(settings, usable: devices))
        let launcher = try launcher(for: slots, settings, logger)
        let supply = ModelSupply(
            provider: try HubModels(settings, formats: ModelFormats(for: devices), logger: logger),
            logger: logger)
        let gateway = Gateway(
            slots: slots, rules: { SlotRules(settings, slot: $0) },
            models: settings.modelRules, limits: settings.limits, launcher: launcher,
            textBytes: settings.textCacheBytes, supply: supply,
            onIdle: {
                // It may be days until somebody asks.
                fovea_trim_heap()
                fovea_release_code()
            },
            load: { intake.load }, logger: logger)
        let server = PredictionServer(service: gateway, settings: settings, intake: intake, logger: logger) {
            logger.info("Listening on \($0). Models: \(settings.cacheFolder.path)")
        }
        try await server.runUntilSignalled(alongside: [
            GatewayService(gateway: gateway, launcher: launcher, preload: settings.preload)
        ])
    }

    /// In this process there is one engine.
    private func slotsInUse(_ slots: [Slot]) -> [Slot] {
        let first = slots.first(where: \.isLocal)
        return inProcess ? first.map { [$0] } ?? slots : slots
    }

    private func launcher(
        for slots: [Slot], _ settings: Settings, _ logger: Logger
    ) throws -> any WorkerLauncher {
        let workers: (any WorkerLauncher)? =
            if !slots.contains(where: \.isLocal) {
                nil
            } else if inProcess {
                InProcessLauncher(settings: settings, logger: logger)
            } else {
                try ProcessLauncher(program: program, settings: settings, logger: logger)
            }
        let services =
            slots.allSatisfy(\.isLocal)
            ? nil
            : try ServiceLauncher(
                settings.services, watch: .init(requestPatience: settings.workerTimeout), logger: logger)
        return SlotLauncher(workers: workers, services: services)
    }

    private var program: ProcessLauncher.Program {
        if let workerProgram { return .init(executable: workerProgram, arguments: []) }
        return .init(executable: OwnProgram.path, arguments: ["worker"])
    }
}

/// Runs the gateway for as long as the server needs it.
private struct GatewayService: Service, CustomStringConvertible {
    let gateway: Gateway
    let launcher: any WorkerLauncher
    let preload: [ModelID]

    var description: String { "Gateway" }

    func run() async throws {
        await cancelWhenGracefulShutdown { await gateway.run(preload: preload) }
        await launcher.shutDown()
    }
}
