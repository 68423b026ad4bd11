/// The added tokens of a file, and how they are found.
struct AddedVocabulary: Sendable {
    private var ids: [[UInt8]: UInt32] = [:]
    private var tokens: [UInt32: AddedToken] = [:]
    /// Those found before, and those found after normalisation.
    private var raw = AddedTokenMatcher()
    private var normalized = AddedTokenMatcher()

    /// No added tokens.
    init() {}

    /// Gives each token its id: the model's own, or the next one that is
    /// free. The ids in the file are not asked, as in the original.
    init(_ reader: ComponentReader, _ model: any TokenModel, _ normalizers: [Normalizer]) throws {
        guard let list = reader.value.elements else { throw reader.fault("is not an array") }
        var nextID = model.vocabularySize
        var forms: [UInt32: [Unicode.Scalar]] = [:]
        for (index, element) in list.enumerated() {
            let token = try AddedToken(ComponentReader(element, "\(reader.path)[\(index)]"))
            let content = Array(token.content.utf8)
            if content.isEmpty { continue }
            var id = ids[content] ?? model.id(of: content)
            if let id, tokens[id] == token { continue }
            if id == nil {
                id = UInt32(exactly: nextID)
                nextID += 1
            }
            guard let id else { throw reader.fault("has too many tokens") }
            if token.isNormalized {
                var piece = TextPiece(input: token.content.unicodeScalars)
                for normalizer in normalizers { try normalizer.apply(to: &piece) }
                if !piece.scalars.elementsEqual(token.content.unicodeScalars) { forms[id] = piece.scalars }
            }
            ids[content] = id
            tokens[id] = token
        }
        for (id, token) in tokens {
            if token.isNormalized {
                try normalized.add(token, forms[id] ?? Array(token.content.unicodeScalars), id, reader)
            } else {
                try raw.add(token, Array(token.content.unicodeScalars), id, reader)
            }
        }
    }

    func id(of token: [UInt8]) -> UInt32? { ids[token] }

    /// Finds all added tokens and normalises what is between them.
    func extract(from text: TextPiece, _ normalizers: [Normalizer]) throws -> [Segment] {
        var segments: [Segment] = []
        for segment in raw.cut(text) {
            guard case .text(var piece) = segment else {
                segments.append(segment)
                continue
            }
            for normalizer in normalizers { try normalizer.apply(to: &piece) }
            segments += normalized.cut(piece)
        }
        return segments
    }
}
