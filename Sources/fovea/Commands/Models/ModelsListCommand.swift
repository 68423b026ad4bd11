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

                --all shows the models that Immich knows too, whether or not they are here. DOWNLOAD and MEMORY are \
                of both parts as float32, QUALITY is how often a search in English finds its picture, how well \
                faces are told apart, or how much text is found: 'fovea models info <name>' says by whose account.

                Models are tried on a device before they run there. --timings shows what a step took on it and on \
                the processor by ONNX Runtime, the work around the graph included, and whether answers agree.
                """)

        @OptionGroup var options: CacheOptions

        @Flag(help: "Show the models that Immich knows too, installed or not.")
        var all = false

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
            let uses = ModelUses(settings)
            if all {
                try show(ModelEntry.all(models, known: Catalogue.models), uses)
            } else if json || !StandardOutput.isTerminal {
                StandardOutput.write(try JSONText.of(models.map { Row($0, uses) }))
            } else if models.isEmpty {
                StandardOutput.write(
                    """
                    No models in \(store.folder.path).
                    Next: copy Immich's model-cache folder there, or name another folder with --cache-folder.

                    """)
            } else {
                show(models, uses)
            }
        }

        private func show(_ models: [InstalledModel], _ uses: ModelUses) {
            // A column of nothing tells nobody anything.
            let showsUses = models.contains { uses.lastUse(of: $0) != nil }
            var table = TextTable("TASK", "TYPE", "NAME", "SIZE", showsUses ? "LAST USE" : "")
            for model in models {
                table.add(
                    model.id.task.rawValue, model.id.type.rawValue, model.id.name,
                    ByteText.file(model.byteCount), uses.lastUse(of: model).map(Self.day) ?? "")
            }
            StandardOutput.write(table.text)
        }

        private func show(_ entries: [ModelEntry], _ uses: ModelUses) throws {
            if json || !StandardOutput.isTerminal {
                return StandardOutput.write(try JSONText.of(entries.map { ModelReport($0, uses: uses) }))
            }
            var table = TextTable(
                "TASK", "NAME", "HERE", "SIZE", "DOWNLOAD", "MEMORY", "QUALITY", "LICENCE")
            for entry in entries {
                table.add(
                    entry.task.rawValue, entry.name, entry.installedText,
                    entry.installed.isEmpty ? "" : ByteText.file(entry.byteCount),
                    entry.known?.downloadBytes.map(ByteText.file) ?? "",
                    entry.known?.memoryMiB.map { ByteText.memory($0 << 20) } ?? "", entry.qualityText,
                    entry.known?.licence?.name ?? "")
            }
            StandardOutput.write(table.text)
        }

        private static func day(_ date: Date) -> String {
            date.formatted(.iso8601.year().month().day())
        }

        private func show(_ proofs: [Proof]) throws {
            if json || !StandardOutput.isTerminal { return StandardOutput.write(try JSONText.of(proofs)) }
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
            var lastUse: Date?

            init(_ model: InstalledModel, _ uses: ModelUses) {
                task = model.id.task.rawValue
                type = model.id.type.rawValue
                name = model.id.name
                folder = model.folder.path
                bytes = model.byteCount
                lastUse = uses.lastUse(of: model)
            }
        }
    }
}
