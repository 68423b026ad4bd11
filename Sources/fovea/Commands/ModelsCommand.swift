import ArgumentParser
import FoveaCore
import FoveaModels
import FoveaServer
import Foundation

struct ModelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "See the models in the cache folder.",
        subcommands: [List.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the installed models, what they are for, and their size.",
            discussion: """
                Any folder that has the files is a model, under the name of the folder:

                  <cache folder>/clip/<name>/visual/model.onnx
                  <cache folder>/facial-recognition/<name>/detection/model.onnx
                  <cache folder>/ocr/<name>/recognition/model.onnx
                """)

        @OptionGroup var options: CacheOptions

        @Flag(help: "Print JSON, also on a terminal.")
        var json = false

        func run() throws {
            let store = try options.settings().modelStore
            let models = try store.installed()
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
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(rows), as: UTF8.self) + "\n"
        }
    }
}
