import ArgumentParser
import FoveaCore
import FoveaHub
import FoveaModels
import FoveaServer
import Foundation

extension ModelsCommand {
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Delete models that Fovea fetched.",
            discussion: "Files that did not come from Fovea, or were changed since, stay and are named.")

        @OptionGroup var options: CacheOptions
        @OptionGroup var json: JSONOption

        @Argument(help: "Names of models.")
        var names: [String]

        func run() async throws {
            let settings = try options.settings()
            let library = try settings.modelLibrary()
            var rows: [RemovalRow] = []
            for home in try names.flatMap({ try settings.modelHomes(named: $0) }) {
                let row = RemovalRow(home, try await library.remove(home), in: settings.cacheFolder)
                if !json.isWanted { StandardOutput.write(row.text) }
                rows.append(row)
            }
            if json.isWanted { StandardOutput.write(try JSONText.of(rows)) }
        }
    }
}

private struct RemovalRow: Encodable {
    var model, folder: String
    var bytes: Int
    var removed: [String]
    var kept: [String: String]

    init(_ home: ModelHome, _ result: RemovalResult, in cache: URL) {
        model = home.description
        folder = home.folder(in: cache).path
        bytes = result.byteCount
        removed = result.removed
        kept = result.kept.mapValues(\.rawValue)
    }

    var text: String {
        var text =
            removed.isEmpty
            ? "Nothing of \(model) came from Fovea.\n"
            : "Deleted \(removed.count) files of \(model), \(ByteText.file(bytes)).\n"
        for (path, reason) in kept.sorted(by: { $0.key < $1.key }) {
            let why =
                reason == "changed" ? "it was changed since it was fetched" : "it did not come from Fovea"
            text += "  \(folder)/\(path) stays: \(why)\n"
        }
        return text
    }
}
