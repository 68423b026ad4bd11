import Foundation

/// What tells, without reading them, whether a model's files have changed.
enum ModelFacts {
    /// A text for each file beside the graph, the graph included: its name,
    /// bytes and date. Weights may lie in any of them.
    static func texts(of model: URL) -> [String] {
        let keys: Set<URLResourceKey> = [.isRegularFileKey, .fileSizeKey, .contentModificationDateKey]
        let files = try? FileManager.default.contentsOfDirectory(
            at: model.deletingLastPathComponent(), includingPropertiesForKeys: Array(keys))
        return (files ?? []).compactMap { file in
            let file = file.resolvingSymlinksInPath()
            guard let values = try? file.resourceValues(forKeys: keys), values.isRegularFile == true,
                let size = values.fileSize
            else { return nil }
            let date = Int((values.contentModificationDate?.timeIntervalSince1970 ?? 0) * 1000)
            return "\(size) \(date) \(file.lastPathComponent)"
        }.sorted()
    }

    /// The bytes that a text of ``texts(of:)`` tells.
    static func bytes(_ text: String) -> Int { text.split(separator: " ").first.flatMap { Int($0) } ?? 0 }
}

/// A short name for facts.
enum FactsKey {
    /// Their 64-bit FNV-1a hash (Fowler, Noll, Vo) in hexadecimal.
    static func key(_ facts: [String]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in facts.joined(separator: "\n").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
