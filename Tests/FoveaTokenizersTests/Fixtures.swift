import Foundation
import Glibc

/// Recorded tokenizers and answers: see `Tests/Fixtures/tokenizers/README.md`.
enum Fixtures {
    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/tokenizers")

    static let names = [
        "bert-cased-wordpiece", "bert-wordpiece", "clip-bpe", "gemma-like-bpe", "nllb-like-bpe",
        "siglip-like-unigram", "xlmr-unigram",
    ]

    struct Case: Decodable {
        var text: String
        var ids: [Int]
        var ids16: [Int]
        var ids64: [Int]
        var ids77: [Int]
    }

    static func tokenizer(_ name: String) throws -> [UInt8] {
        try [UInt8](unpacked("\(name)/tokenizer.json.gz"))
    }

    static func cases(_ name: String) throws -> [Case] {
        try JSONDecoder().decode([Case].self, from: unpacked("\(name)/cases.json.gz"))
    }

    /// A small tokenizer for each component.
    struct Component: Sendable {
        var name: String
        var json: [UInt8]
        var answers: [Answer]
    }

    struct Answer: Sendable {
        var text: String
        var ids: [Int]
        /// Truncated to seven, special tokens kept.
        var ids7: [Int]
    }

    static let components = Result { try loadComponents() }

    private static func loadComponents() throws -> [Component] {
        struct Malformed: Error {}
        let file = try JSONSerialization.jsonObject(with: unpacked("components.json.gz"))
        guard let file = file as? [String: Any], let texts = file["texts"] as? [String],
            let cases = file["cases"] as? [[String: Any]]
        else { throw Malformed() }
        return try cases.map { item in
            guard let name = item["name"] as? String, let tokenizer = item["tokenizer"],
                let answers = item["answers"] as? [[String: [Int]]]
            else { throw Malformed() }
            return Component(
                name: name,
                json: [UInt8](try JSONSerialization.data(withJSONObject: tokenizer)),
                answers: zip(texts, answers).map { text, answer in
                    Answer(text: text, ids: answer["ids"] ?? [], ids7: answer["ids7"] ?? [])
                })
        }
    }

    private static func unpacked(_ path: String) throws -> Data {
        let file = folder.appending(path: path).path
        guard let pipe = popen("gzip -dc '\(file)'", "r") else { throw CocoaError(.fileReadUnknown) }
        defer { pclose(pipe) }
        var data = Data()
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&block, 1, block.count, pipe)
            data.append(contentsOf: block[..<count])
            if count == block.count { continue }
            // A signal that belongs to another test may interrupt the read.
            guard ferror(pipe) != 0, errno == EINTR else { return data }
            clearerr(pipe)
        }
    }
}
