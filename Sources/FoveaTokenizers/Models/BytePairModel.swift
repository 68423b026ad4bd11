/// Byte-pair encoding: starts from single characters and joins neighbours,
/// the pair that was learnt first first.
struct BytePairModel: TokenModel {
    let vocabulary: TokenTable
    let merges: MergeTable
    private let prefix: [UInt8]
    private let suffix: [UInt8]
    private let unknown: UInt32?
    /// The file names an unknown token that its vocabulary lacks.
    private let lacksUnknown: Bool
    private let fusesUnknown: Bool
    private let ignoresMerges: Bool
    /// The ids of `<0x00>` to `<0xFF>`, where bytes stand for unknown text.
    private let byteIDs: [UInt32?]?

    init(_ reader: ComponentReader) throws {
        let (tokens, ids) = try reader.vocabulary()
        let vocabulary = TokenTable(tokens, ids: ids)
        prefix = Array(try (reader.optionalString("continuing_subword_prefix") ?? "").utf8)
        suffix = Array(try (reader.optionalString("end_of_word_suffix") ?? "").utf8)
        let unknownToken = try reader.optionalString("unk_token")
        unknown = unknownToken.flatMap { vocabulary.id(of: Array($0.utf8)) }
        lacksUnknown = unknownToken != nil && unknown == nil
        fusesUnknown = try reader.bool("fuse_unk", default: false)
        ignoresMerges = try reader.bool("ignore_merges", default: false)
        byteIDs =
            try reader.bool("byte_fallback", default: false)
            ? (UInt8.min ... .max).map { vocabulary.id(of: ByteTokens.name(of: $0)) } : nil
        if let dropout = reader.optional("dropout"), dropout.double != 0 {
            throw reader.fault("has a dropout, which is for training: set it to null")
        }
        merges = try MergeTable(reader, vocabulary, prefixLength: prefix.count)
        self.vocabulary = vocabulary
    }

    var vocabularySize: Int { vocabulary.count }

    func id(of token: [UInt8]) -> UInt32? { vocabulary.id(of: token) }

    func tokenize(_ word: TextPiece, into ids: inout [UInt32]) throws {
        if ignoresMerges, let id = vocabulary.id(of: word.utf8) {
            ids.append(id)
        } else {
            ids += merges.join(try symbols(word.scalars))
        }
    }

    /// The ids of a word's characters.
    private func symbols(_ word: [Unicode.Scalar]) throws -> [UInt32] {
        var symbols: [UInt32] = []
        symbols.reserveCapacity(word.count)
        var hasPendingUnknown = false
        var symbol: [UInt8] = []
        for (index, scalar) in word.enumerated() {
            symbol.removeAll(keepingCapacity: true)
            if index > 0 { symbol += prefix }
            symbol.append(utf8Of: scalar)
            if index == word.count - 1 { symbol += suffix }

            if let id = vocabulary.id(of: symbol) {
                if hasPendingUnknown, let unknown { symbols.append(unknown) }
                hasPendingUnknown = false
                symbols.append(id)
            } else if let byteIDs, symbol.allSatisfy({ byteIDs[Int($0)] != nil }) {
                // An unknown character in front stays pending, so that its
                // token comes behind these bytes, as in the original.
                symbols += symbol.compactMap { byteIDs[Int($0)] }
            } else if lacksUnknown {
                throw TokenizerFault(
                    "model", "meets an unknown character, and its unk_token is not in its vocab")
            } else if let unknown {
                if hasPendingUnknown, !fusesUnknown { symbols.append(unknown) }
                hasPendingUnknown = true
            }
        }
        if hasPendingUnknown, let unknown { symbols.append(unknown) }
        return symbols
    }
}
