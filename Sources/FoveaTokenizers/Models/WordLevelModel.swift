/// Whole words, or the unknown token.
struct WordLevelModel: TokenModel {
    private let vocabulary: TokenTable
    private let unknown: UInt32?

    init(_ reader: ComponentReader) throws {
        let (tokens, ids) = try reader.vocabulary()
        vocabulary = TokenTable(tokens, ids: ids)
        unknown = vocabulary.id(of: Array(try reader.string("unk_token").utf8))
    }

    var vocabularySize: Int { vocabulary.count }

    func id(of token: [UInt8]) -> UInt32? { vocabulary.id(of: token) }

    func tokenize(_ word: TextPiece, into ids: inout [UInt32]) throws {
        guard let id = vocabulary.id(of: word.utf8) ?? unknown else {
            throw TokenizerFault("model", "meets an unknown word, and its unk_token is not in its vocabulary")
        }
        ids.append(id)
    }
}
