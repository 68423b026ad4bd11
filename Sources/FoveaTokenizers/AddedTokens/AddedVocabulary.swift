/// The added tokens of a file, and how they are found.
struct AddedVocabulary: Sendable {
    private let ids: [[UInt8]: UInt32]
    /// Those found before, and those found after normalisation.
    private let raw: AddedTokenMatcher
    private let normalized: AddedTokenMatcher

    /// Gives each token its id: the model's own, or the next one that is
    /// free. The ids in the file are not asked, as in the original.
    ///
    /// - Parameter reader: of the list of tokens; `nil` where there is none.
    init(_ reader: ComponentReader?, _ model: any TokenModel, _ normalizers: [Normalizer]) throws {
        var ids: [[UInt8]: UInt32] = [:]
        var tokens: [UInt32: AddedToken] = [:]
        var nextID = model.vocabularySize
        for var token in try reader.map(Self.tokens) ?? [] {
            let content = Array(token.content.utf8)
            if content.isEmpty { continue }
            if let id = ids[content] ?? model.id(of: content) {
                token.id = id
            } else {
                // A file of at most 2³⁰ bytes has fewer tokens than that.
                token.id = UInt32(truncatingIfNeeded: nextID)
                nextID += 1
            }
            ids[content] = token.id
            // Of two tokens with one id, the last is found.
            tokens[token.id] = token
        }
        self.ids = ids
        raw = try AddedTokenMatcher(
            tokens.values.filter { !$0.isNormalized }.map { ($0, Array($0.content.unicodeScalars)) })
        normalized = try AddedTokenMatcher(
            tokens.values.filter(\.isNormalized).map { token in
                var form = TextPiece(input: token.content.unicodeScalars)
                for normalizer in normalizers { try normalizer.apply(to: &form) }
                return (token, form.scalars)
            })
    }

    private static func tokens(_ reader: ComponentReader) throws -> [AddedToken] {
        guard let list = reader.value.elements else { throw reader.fault("are not an array") }
        return try list.enumerated().map { try AddedToken(ComponentReader($1, "\(reader.path)[\($0)]")) }
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
