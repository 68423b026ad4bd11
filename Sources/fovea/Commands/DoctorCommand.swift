import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer
import FoveaSystem
import Logging

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what each accelerator needs to be used, and what to do next.",
        discussion: """
            Looks at hardware, drivers, device files, permissions and libraries; opens and changes nothing. Run it \
            where the service runs: in a container, it sees what the container was given.

            Exits with 0 if the wanted device can be used (without --device, where there is an accelerator: one of \
            them), else with 1.
            """)

    @Option(help: "The device that is wanted, such as cuda:0 or openvino:GPU.0.")
    var device: [Device] = []

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: CacheOptions

    func run() async throws {
        let settings = try options.settings()
        let machine = Machine()
        let wanted = device.isEmpty ? settings.places.compactMap(\.device) : device
        let own = wanted.first ?? machine.usable(settings).first ?? .cpu
        let plans = WorkerDevices(own: own, settings: settings, machine: machine, logger: .quiet)
        let models = (try? settings.modelStore.installed()) ?? []
        let nvidia = machine.devices.contains { $0.device.kind == .cuda } ? NVIDIAManagement() : nil
        let capabilities = nvidia?.gpus.map(\.computeCapability) ?? []
        let report = machine.doctor(
            EnvironmentFacts(
                wanted: wanted,
                placements: models.map { model in
                    .init(
                        model: "\(model.id.name) \(model.id.type.rawValue)",
                        device: plans.plan(for: model.id).candidates[0].device)
                },
                nvidiaDriver: nvidia?.driver,
                computeCapabilities: capabilities.allSatisfy { $0 != nil }
                    ? capabilities.compactMap(\.self) : []
            ))
        if json {
            StandardOutput.write([UInt8](try report.json()) + [UInt8(ascii: "\n")])
        } else {
            StandardOutput.write(report.text(colour: StandardOutput.isTerminal && settings.usesColor))
        }
        if !report.isGood { throw ExitCode(1) }
    }
}
