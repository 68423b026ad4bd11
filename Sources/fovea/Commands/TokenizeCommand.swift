import ArgumentParser
import FoveaCore
import FoveaTokenizers
import Foundation

struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Turn texts into token ids with a tokenizer.json.",
        discussion: """
            Reads one JSON string a line and writes one JSON array of ids a line:

              echo '"a photo of a cat"' | fovea tokenize --tokenizer tokenizer.json
              [49406,320,1125,539,320,2368,49407]
            """
    )

    @Option(help: "The tokenizer.json to use.", completion: .file(extensions: ["json"]))
    var tokenizer: String

    @Option(help: "Cut off after this many ids, special tokens kept. Shorter texts are not padded.")
    var length: Int?

    func validate() throws {
        if let length, length < 1 { throw ValidationError("--length must be at least 1, not \(length).") }
    }

    func run() throws {
        let tokenizer = try Tokenizer(contentsOf: URL(filePath: tokenizer))
        var number = 0
        for line in StandardInput.lines() {
            number += 1
            guard !line.isEmpty else { continue }
            let text: String
            do {
                text = try JSONDecoder().decode(String.self, from: line)
            } catch {
                throw FoveaError(
                    .invalidRequest,
                    "Line \(number) is not a JSON string: write each text in double quotes, such as \"a cat\".",
                    cause: error)
            }
            let ids = try tokenizer.encode(text, maxLength: length)
            StandardOutput.write("[\(ids.map(String.init).joined(separator: ","))]\n")
        }
    }
}
