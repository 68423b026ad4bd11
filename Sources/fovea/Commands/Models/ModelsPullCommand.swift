import ArgumentParser
import FoveaCore
import FoveaHub
import FoveaModels
import FoveaServer
import Foundation

extension ModelsCommand {
    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pull", abstract: "Fetch models into the cache folder.",
            discussion: """
                Names are those that Immich's settings have. What is there is not fetched again, and what was \
                interrupted goes on. FOVEA_MODEL_SOURCES says where models come from, HF_TOKEN who asks.

                  fovea models pull ViT-B-32__openai
                  fovea models pull buffalo_l PP-OCRv5_mobile
                  fovea models pull ViT-B-32__openai --type visual --source /mnt/models
                """)

        @OptionGroup var options: CacheOptions
        @OptionGroup var json: JSONOption

        @Argument(help: "Names of models.")
        var names: [String]

        @Option(help: "What the models are for: clip, facial-recognition or ocr. (default: by the name)")
        var task: ModelTask?

        @Option(help: "The part to fetch: visual, textual, detection or recognition. (default: each)")
        var type: ModelType?

        @Flag(help: "Fetch all that the source has of the model, not only what its parts need.")
        var all = false

        @Option(
            help:
                "Where from, in place of FOVEA_MODEL_SOURCES: hub, an address, a folder; in order, by commas."
        )
        var source: String?

        func validate() throws {
            guard !(all && type != nil) else { throw ValidationError("--all and --type exclude each other.") }
        }

        func run() async throws {
            let settings = try options.settings(overriding: ["FOVEA_MODEL_SOURCES": source])
            let library = try settings.modelLibrary()
            var rows: [PullRow] = []
            for name in names {
                for (home, part) in try wanted(name, revision: settings.modelRevision) {
                    let line = PullLine(home)
                    let result: PullResult
                    do {
                        result = try await library.pull(home, part) { line.show($0) }
                    } catch {
                        line.end()
                        throw error
                    }
                    line.end()
                    let row = PullRow(home, result, folder: home.folder(in: settings.cacheFolder).path)
                    if !json.isWanted { StandardOutput.write(row.text) }
                    rows.append(row)
                }
            }
            if json.isWanted { StandardOutput.write(try JSONText.of(rows)) }
        }

        /// The folders that a name stands for, and what is wanted in each:
        /// languages of text recognition share a detector, which has its own.
        private func wanted(_ name: String, revision: String) throws -> [(ModelHome, ModelPart)] {
            let task = task ?? type.flatMap(ModelTask.init(of:)) ?? ModelTask.guess(name)
            if let type {
                guard task.types.contains(type) else {
                    throw ValidationError("A model for \(task.rawValue) has no part \(type.rawValue).")
                }
            }
            let types = type.map { [$0] } ?? task.types
            let homes = types.map { ModelHome(of: ModelID(task, $0, name: name), revision: revision) }
            var wanted: [(ModelHome, ModelPart)] = []
            for home in homes where !wanted.contains(where: { $0.0 == home }) {
                let own = zip(types, homes).filter { $0.1 == home }.map(\.0)
                wanted.append((home, all ? .all : .types(Set(own))))
            }
            return wanted
        }
    }
}

extension ModelTask {
    /// The only one that has such a part; `nil` where several have.
    fileprivate init?(of type: ModelType) {
        let tasks = Self.allCases.filter { $0.types.contains(type) }
        guard tasks.count == 1 else { return nil }
        self = tasks[0]
    }

    /// What a name that Immich lists stands for.
    fileprivate static func guess(_ name: String) -> ModelTask {
        let name = ModelID.cleaned(name)
        if let known = Self.allCases.first(where: { Catalogue.model($0, named: name) != nil }) {
            return known
        }
        if name.hasPrefix("buffalo") || name.hasPrefix("antelope") { return .facialRecognition }
        return name.contains("PP-OCR") ? .ocr : .clip
    }
}

/// What came of fetching a model.
private struct PullRow: Encodable {
    var model: String
    var folder: String
    var source: String?
    var bytes: Int
    var fetched, kept, left: [String]

    init(_ home: ModelHome, _ result: PullResult, folder: String) {
        model = home.description
        self.folder = folder
        source = result.source
        bytes = result.byteCount
        (fetched, kept, left) = (result.fetched, result.kept, result.left)
    }

    var text: String {
        var text =
            fetched.isEmpty
            ? "\(model) is there: \(folder)\n"
            : "\(model) is in \(folder): \(fetched.count) files, \(ByteText.file(bytes)), from \(source ?? "")\n"
        for path in left {
            text += "  \(path) is another file than the source's and did not come from Fovea: left as it is\n"
        }
        return text
    }
}
