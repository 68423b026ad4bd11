/// The part of a tokenizer that makes ids of words.
protocol TokenModel: Sendable {
    /// The number of tokens in the vocabulary.
    var vocabularySize: Int { get }

    /// A token's id.
    func id(of token: [UInt8]) -> UInt32?

    /// Appends the ids of a word that is not empty.
    ///
    /// - Throws: ``TokenizerFault`` where the word is unknown and the file
    ///   has no token for that.
    func tokenize(_ word: TextPiece, into ids: inout [UInt32]) throws
}

/// Reads the model of a tokenizer file.
enum ModelLoader {
    static func load(_ reader: ComponentReader) throws -> any TokenModel {
        guard reader.value.kind == .object else { throw reader.fault("is not an object") }
        let type = try reader.optionalString("type") ?? legacyType(reader)
        switch type {
        case "BPE": return try BytePairModel(reader)
        case "Unigram": return try UnigramModel(reader)
        case "WordPiece": return try WordPieceModel(reader)
        case "WordLevel": return try WordLevelModel(reader)
        default: throw reader.unknownType(type)
        }
    }

    /// The type in files from before it was written down.
    private static func legacyType(_ reader: ComponentReader) -> String {
        if reader.optional("merges") != nil { return "BPE" }
        if reader.optional("continuing_subword_prefix") != nil { return "WordPiece" }
        return reader.optional("vocab")?.kind == .array ? "Unigram" : "WordLevel"
    }
}

extension ComponentReader {
    /// The tokens and ids of the `vocab` object.
    func vocabulary() throws -> (tokens: ByteStrings, ids: [UInt32]) {
        let vocab = try required("vocab")
        guard vocab.kind == .object else { throw fault("has a vocab that is not an object") }
        var tokens = ByteStrings()
        var ids: [UInt32] = []
        try vocab.forEachMember { key, value in
            tokens.append { key.document.appendString(at: key.index, to: &$0) }
            ids.append(try tokenID(value))
        }
        return (tokens, ids)
    }
}
