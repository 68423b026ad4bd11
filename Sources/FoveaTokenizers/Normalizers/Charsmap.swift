import Foundation

/// SentencePiece's compiled rewriting rules: a double-array trie over UTF-8
/// whose values are offsets into a list of NUL-terminated replacements.
///
/// Format: darts-clone, as in SentencePiece's `Normalizer::DecodePrecompiledCharsMap`:
/// the trie's size in bytes, the trie, the replacements; 32-bit little-endian.
struct Charsmap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]
    private let path: String

    /// - Throws: ``TokenizerFault`` where this is no such table.
    init(base64: String, _ reader: ComponentReader) throws {
        guard let data = Data(base64Encoded: base64) else {
            throw reader.fault("has a precompiled_charsmap that is not base64")
        }
        let bytes = [UInt8](data)
        func word(_ index: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[index * 4 + $1]) << UInt32($1 * 8) }
        }
        let count = bytes.count < 4 ? 0 : Int(word(0) / 4)
        guard bytes.count >= 4, bytes.count >= 4 + count * 4 else {
            throw reader.fault("has a precompiled_charsmap that is cut off")
        }
        units = (0..<count).map { word($0 + 1) }
        replacements = Array(bytes[(4 + count * 4)...])
        path = reader.path
        guard String(validating: replacements, as: UTF8.self) != nil else {
            throw reader.fault("has a precompiled_charsmap with replacements that are not UTF-8")
        }
    }

    /// Rewrites the text.
    ///
    /// Like Hugging Face, and unlike SentencePiece, this looks up whole
    /// grapheme clusters of less than six bytes, takes the shortest rule that
    /// is a prefix, and drops the rest of the cluster; then single scalars.
    func apply(to piece: inout TextPiece) throws {
        let text = piece.scalars
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count)
        var head = 0
        var index = 0
        while index < text.count {
            // Between two scalars below U+0300, other than CR LF, clusters end.
            var end = index + 1
            while end < text.count,
                text[end].value >= 0x300 || text[end - 1].value >= 0x300 || text[end] == "\n"
            {
                end += 1
            }
            if end == index + 1 {
                append(text[index..<end], to: &result)
            } else {
                for cluster in Self.clusters(text[index..<end]) { append(cluster, to: &result) }
            }
            guard result.count <= piece.limit else { throw tooLarge }
            if index < piece.headCount { head = min(result.count, max(1, piece.headCount)) }
            index = end
        }
        piece.scalars = result
        piece.headCount = min(head, result.count)
    }

    private var tooLarge: TokenizerFault {
        TokenizerFault(path, "makes the text more than 32 times as long")
    }

    private static func clusters(_ scalars: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>] {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        var start = scalars.startIndex
        return String(view).map { character in
            let end = start + character.unicodeScalars.count
            defer { start = end }
            return scalars[start..<end]
        }
    }

    private func append(_ cluster: ArraySlice<Unicode.Scalar>, to result: inout [Unicode.Scalar]) {
        if cluster.count == 1 || cluster.reduce(0, { $0 + UTF8.width($1) }) < 6 {
            if let replacement = replacement(for: cluster) {
                result += replacement
                return
            }
        }
        for index in cluster.indices {
            if cluster.count > 1, let replacement = replacement(for: cluster[index...index]) {
                result += replacement
            } else {
                result.append(cluster[index])
            }
        }
    }

    /// What the shortest rule that is a prefix of `key` says.
    private func replacement(for key: ArraySlice<Unicode.Scalar>) -> String.UnicodeScalarView? {
        guard let root = units.first else { return nil }
        var position = Self.offset(root)
        for scalar in key {
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                if byte == 0 { return nil }
                position ^= UInt32(byte)
                guard position < units.count else { return nil }
                let unit = units[Int(position)]
                guard unit & 0x8000_00FF == UInt32(byte) else { return nil }
                position ^= Self.offset(unit)
                if unit & 0x100 != 0 {
                    guard position < units.count else { return nil }
                    return text(at: Int(units[Int(position)] & 0x7FFF_FFFF))
                }
            }
        }
        return nil
    }

    private static func offset(_ unit: UInt32) -> UInt32 {
        (unit >> 10) << ((unit & 0x200) >> 6)
    }

    private func text(at start: Int) -> String.UnicodeScalarView? {
        guard start <= replacements.count else { return nil }
        let end = replacements[start...].firstIndex(of: 0) ?? replacements.count
        return String(decoding: replacements[start..<end], as: UTF8.self).unicodeScalars
    }
}
