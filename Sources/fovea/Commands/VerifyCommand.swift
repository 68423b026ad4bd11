import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer
import Foundation
import Logging

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare the models' answers on a device with the processor's.",
        discussion: """
            Runs every installed model on pictures that are built in, on the device and on the processor, and shows \
            how far the answers agree and how fast they come. What passes here is what the service trusts; its own \
            comparison is made at the first use, and this one replaces it.

              fovea verify                          # the device that the service would use
              fovea verify --device openvino:GPU.0
              fovea verify --against http://immich-machine-learning:3003

            --against compares with any service that speaks Immich's contract instead, on the same models: to see \
            before you switch that nothing has to be computed anew.

            Exits with 1 if something does not pass.
            """)

    @Option(help: "The device to look at; may be given more than once.")
    var device: [Device] = []

    @Option(
        help:
            "What numbers to compute in: fp32, fp16, bf16, or int8 on the processor. (default: as the settings say)"
    )
    var precision: Precision?

    @Option(help: "A pattern for models, as in fovea.yaml: task/name/type.")
    var model: String?

    @Option(help: "The URL of a service to compare with.")
    var against: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: CacheOptions

    func run() async throws {
        let settings = try options.settings()
        let machine = Machine()
        let devices = device.isEmpty ? [machine.usable(settings).first ?? .cpu] : device
        let models = try settings.modelStore.installed().map(\.id).filter { id in
            model.map { ModelRule(pattern: $0).matches(id) } ?? true
        }
        guard !models.isEmpty else {
            throw FoveaError(
                .modelNotFound, "There is no such model in \(settings.modelStore.folder.path) to verify.")
        }
        if let against {
            let verification = ServiceVerification(
                settings: settings, machine: machine, device: devices[0], service: against)
            try await show(verification.compare(models))
            return
        }
        var rows: [VerificationRow] = []
        for device in devices {
            rows += await verify(models, on: device, settings, machine)
        }
        try show(rows)
    }

    private func verify(_ models: [ModelID], on device: Device, _ settings: Settings, _ machine: Machine)
        async
        -> [VerificationRow]
    {
        let devices = WorkerDevices(own: device, settings: settings, machine: machine, logger: .quiet)
        let engine = Engine(
            store: settings.modelStore, devices: devices.deviceSet(), logger: .quiet)
        var rows: [VerificationRow] = []
        for id in models {
            let planned = devices.plan(for: id).candidates.first { $0.device == .cpu }?.precision
            let candidate = Candidate(
                device,
                precision
                    ?? (device == .cpu ? planned ?? .fp32 : settings.accelerators.precision(of: device)))
            do {
                rows.append(VerificationRow(try await engine.prove(id, on: candidate)))
            } catch {
                // Nobody named int8 for this one: without a copy it runs as it is.
                if precision == nil, candidate == .quantized,
                    let proof = try? await engine.prove(id, on: .reference)
                {
                    rows.append(VerificationRow(proof))
                    continue
                }
                rows.append(
                    VerificationRow(
                        model: id.description, where: candidate.description,
                        problem: (error as? FoveaError)?.message ?? "\(error)"))
            }
        }
        return rows
    }

    private func show(_ rows: [VerificationRow]) throws {
        if json {
            StandardOutput.write(try JSONText.of(rows))
        } else {
            StandardOutput.write(VerificationRow.table(rows))
        }
        if !rows.allSatisfy(\.passed) { throw ExitCode(1) }
    }
}
