import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer
import Foundation

extension ModelsCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the installed models, what they are for, and their size.",
            discussion: """
                Any folder that has the files is a model, under the name of the folder:

                  <cache folder>/clip/<name>/visual/model.onnx
                  <cache folder>/facial-recognition/<name>/detection/model.onnx
                  <cache folder>/ocr/<name>/recognition/model.onnx

                Models are tried on a device before they run there. --timings shows what a step took on it and on \
                the processor by ONNX Runtime, the work around the graph included, and whether answers agree.
                """)

        @OptionGroup var options: CacheOptions

        @Flag(help: "Print JSON, also on a terminal.")
        var json = false

        @Flag(help: "Show what models take on the devices that they were tried on.")
        var timings = false

        func run() throws {
            let settings = try options.settings()
            let store = settings.modelStore
            let models = try store.installed()
            if timings {
                let proofs = Proof.kept(in: settings.proofFolder)
                    .filter { proof in models.contains { $0.id == proof.model } }
                return try show(proofs)
            }
            if json || !StandardOutput.isTerminal {
                StandardOutput.write(try Self.json(models))
            } else if models.isEmpty {
                StandardOutput.write(
                    """
                    No models in \(store.folder.path).
                    Next: copy Immich's model-cache folder there, or name another folder with --cache-folder.

                    """)
            } else {
                var table = TextTable("TASK", "TYPE", "NAME", "SIZE")
                for model in models {
                    table.add(
                        model.id.task.rawValue, model.id.type.rawValue, model.id.name,
                        Int64(model.byteCount).formatted(.byteCount(style: .file)))
                }
                StandardOutput.write(table.text)
            }
        }

        private func show(_ proofs: [Proof]) throws {
            if json || !StandardOutput.isTerminal { return StandardOutput.write(try Self.json(proofs)) }
            guard !proofs.isEmpty else {
                return StandardOutput.write(
                    """
                    No model was tried on anything but ONNX Runtime's processor yet. That happens when a model is \
                    first used where there is more: 'fovea devices' shows what there is.

                    """)
            }
            var table = TextTable("MODEL", "DEVICE", "TAKES", "PROCESSOR", "ANSWERS")
            for proof in proofs {
                table.add(
                    proof.model.description, proof.placement.device, Self.milliseconds(proof.seconds),
                    Self.milliseconds(proof.referenceSeconds), proof.explanation)
            }
            StandardOutput.write(table.text)
        }

        private static func milliseconds(_ seconds: Double) -> String {
            String(format: "%.1f ms", seconds * 1000)
        }

        private struct Row: Encodable {
            var task, type, name, folder: String
            var bytes: Int
        }

        private static func json(_ models: [InstalledModel]) throws -> String {
            let rows = models.map { model in
                Row(
                    task: model.id.task.rawValue, type: model.id.type.rawValue, name: model.id.name,
                    folder: model.folder.path, bytes: model.byteCount)
            }
            return try json(rows)
        }

        private static func json(_ rows: some Encodable) throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .iso8601
            return String(decoding: try encoder.encode(rows), as: UTF8.self) + "\n"
        }
    }
}
