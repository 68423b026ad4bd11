import FoveaBackends
import FoveaCore
import FoveaEngine
import FoveaModels
import FoveaServer
import FoveaWorker
import Foundation
import Logging

/// A worker whose engine misbehaves as the names of its models say: what
/// `make faults` has the gateway deal with.
@main
enum FaultyWorker {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard let flag = arguments.firstIndex(of: "--socket"), arguments.indices.contains(flag + 1) else {
            throw FoveaError(.invalidRequest, "--socket is missing: this is run by 'fovea serve'.")
        }
        let settings = try Settings()
        let logger = Logger(label: "faulty") { _ in SwiftLogNoOpLogHandler() }
        try await WorkerProgram.run(settings: settings, socketPath: arguments[flag + 1], logger: logger) {
            report in
            let engine = Engine(
                store: ModelStore(folder: settings.cacheFolder), backend: FaultyBackend(),
                configuration: EngineConfiguration(
                    modelTimeToLive: settings.modelTimeToLive, onEvent: report),
                logger: logger)
            return (engine, "faulty engine")
        }
    }
}
