import ArgumentParser
import FoveaCore
import FoveaHub
import FoveaModels
import FoveaServer
import Foundation

extension ModelsCommand {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Compare models' files with what they should be.",
            discussion: """
                What a file should be, Fovea noted down when it fetched it, or Immich's downloader did; else the \
                source is asked. Nothing is changed without --repair, which replaces broken files once their \
                replacements are there, and keeps the broken ones in <cache folder>/fovea/set-aside.

                Ends with 1 where a file is broken.
                """)

        @OptionGroup var options: CacheOptions
        @OptionGroup var json: JSONOption

        @Argument(help: "The model's name. (default: every model)")
        var name: String?

        @Flag(help: "Replace broken files.")
        var repair = false

        func run() async throws {
            let settings = try options.settings()
            let library = try settings.modelLibrary()
            let homes = try settings.modelHomes(named: name)
            var rows: [VerdictRow] = []
            var isSound = true
            for home in homes {
                if repair {
                    let line = PullLine(home)
                    defer { line.end() }
                    for (path, aside) in try await library.repair(home, progress: { line.show($0) }).repaired
                        .sorted(by: { $0.key < $1.key })
                    {
                        let kept = aside.map { "; the broken one is \($0.path)" } ?? ""
                        StandardError.write("\(home): \(path) was replaced\(kept)\n")
                    }
                }
                let found = try await library.verify(home)
                isSound = isSound && found.isSound
                rows += found.files.map { VerdictRow(home, $0) }
                if let remark = found.remark {
                    StandardError.write("\(home): no source was asked: \(remark)\n")
                }
            }
            if json.isWanted {
                StandardOutput.write(try JSONText.of(rows))
            } else {
                var table = TextTable("MODEL", "FILE", "RESULT")
                for row in rows { table.add(row.model, row.file, row.explanation) }
                StandardOutput.write(
                    rows.isEmpty ? "No models in \(settings.cacheFolder.path).\n" : table.text)
            }
            if !isSound { throw ExitCode(1) }
        }
    }
}

private struct VerdictRow: Encodable {
    var model, file, result, explanation: String
    var witness: String?

    init(_ home: ModelHome, _ verdict: FileVerdict) {
        model = home.description
        file = verdict.path
        result = verdict.word
        explanation = verdict.description
        witness = verdict.expectation?.witness.rawValue
    }
}
