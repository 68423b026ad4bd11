import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaServer
import FoveaWorker
import Logging

/// What the gateway starts for each slot. Not for people.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Answer a gateway's requests; started by 'fovea serve'.",
        shouldDisplay: false)

    @Option(help: "Which slot this is.")
    var slot: Int

    @Option(help: "The device that belongs to the slot.")
    var device: Device

    @Option(help: "Path of the socket to listen on.")
    var socket: String

    func run() async throws {
        let settings = try Settings()
        let logger = Logger.service(settings)
        try await WorkerProgram.run(settings: settings, socketPath: socket, logger: logger) { report in
            try settings.makeEngine(on: device, machine: Machine(), logger: logger, onEvent: report)
        }
    }
}
