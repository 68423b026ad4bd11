import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer
import Foundation

extension ModelsCommand {
    struct Quantize: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "quantize",
            abstract: "Make int8 copies of a model's parts, and compare them with it.",
            discussion: """
                The model's files stay as they are: copies are in fovea/graphs of the cache folder. Matrix products \
                are quantised, convolutions are not, so it serves CLIP and some text recognition; detectors are left \
                out. A copy is used only where its answers pass the comparison and take no longer, and only where \
                it is asked for:

                  FOVEA_QUANTIZE=int8                                        # or in fovea.yaml:
                  models: [{match: clip/ViT-B-32__openai/*, precision: int8}]

                The service makes copies by itself, at a model's first use. This shows beforehand what comes of it. \
                Exits with 1 if no part passes.
                """)

        @Argument(help: "The model's name, as 'fovea models list' shows it.")
        var name: String

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var options: CacheOptions

        func run() async throws {
            let settings = try options.settings()
            let name = ModelID(.clip, .visual, name: name).name
            let parts = try settings.modelStore.installed().map(\.id).filter { $0.name == name }
            guard !parts.isEmpty else {
                throw FoveaError(
                    .modelNotFound,
                    """
                    There is no model '\(name)' in \(settings.modelStore.folder.path): 'fovea models list' shows \
                    those that are there.
                    """)
            }
            let devices = WorkerDevices(own: .cpu, settings: settings, machine: Machine(), logger: .quiet)
            let engine = Engine(store: settings.modelStore, devices: devices.deviceSet(), logger: .quiet)
            var rows: [QuantizationRow] = []
            for part in parts {
                do {
                    rows.append(QuantizationRow(try await engine.prove(part, on: .quantized)))
                } catch {
                    rows.append(
                        QuantizationRow(part, problem: (error as? FoveaError)?.message ?? "\(error)"))
                }
            }
            if json {
                StandardOutput.write(try JSONText.of(rows))
            } else {
                StandardOutput.write(QuantizationRow.table(rows))
            }
            if !rows.contains(where: \.passed) { throw ExitCode(1) }
        }
    }
}
