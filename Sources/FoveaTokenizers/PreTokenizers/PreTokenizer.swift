/// One step that cuts the text into the words a model sees.
enum PreTokenizer: Sendable {
    case byteLevel(addsPrefixSpace: Bool, usesRegex: Bool)
    case split(TextPattern, SplitBehavior, inverted: Bool)
    case metaspace(Metaspace)
    case whitespace
    case whitespaceSplit
    case bert
    case digits(individual: Bool)
    case punctuation(SplitBehavior)
    case delimiter(Unicode.Scalar)
    case fixedLength(Int)

    /// Cuts a piece into smaller ones, none of them empty.
    func apply(to piece: TextPiece) throws -> [TextPiece] {
        var piece = piece
        let ranges: [Range<Int>]
        switch self {
        case .byteLevel(let addsPrefixSpace, let usesRegex):
            return try byteLevel(&piece, addsPrefixSpace, usesRegex)
        case .split(let pattern, let behavior, let inverted):
            ranges = behavior.cut(
                piece.scalars.count, at: try pattern.matches(in: piece.scalars), inverted: inverted)
        case .metaspace(let metaspace):
            metaspace.mark(&piece)
            guard metaspace.splits else { return [piece] }
            ranges = piece.cut(.mergedWithNext) { $0 == metaspace.replacement }
        case .whitespace: ranges = Self.words(piece.scalars)
        case .whitespaceSplit: ranges = piece.cut(.removed, where: \.isWhitespace)
        case .bert:
            return piece.cut(.removed, where: \.isWhitespace).flatMap { range in
                let word = piece[range]
                return word.pieces(word.cut(.isolated, where: \.isPunctuation))
            }
        case .digits(let individual):
            ranges = piece.cut(individual ? .isolated : .contiguous, where: \.isNumber)
        case .punctuation(let behavior): ranges = piece.cut(behavior, where: \.isPunctuation)
        case .delimiter(let delimiter): ranges = piece.cut(.removed) { $0 == delimiter }
        case .fixedLength(let length):
            ranges = stride(from: 0, to: piece.scalars.count, by: length).map {
                $0..<min($0 + length, piece.scalars.count)
            }
        }
        return piece.pieces(ranges)
    }

    private func byteLevel(
        _ piece: inout TextPiece, _ addsPrefixSpace: Bool, _ usesRegex: Bool
    ) throws -> [TextPiece] {
        if addsPrefixSpace, piece.scalars.first != " " { piece.prepend([" "]) }
        var words = [piece]
        if usesRegex {
            let matches = try Self.gpt2.get().matches(in: piece.scalars)
            words = piece.pieces(SplitBehavior.isolated.cut(piece.scalars.count, at: matches))
        }
        for index in words.indices { ByteAlphabet.encode(&words[index]) }
        return words
    }

    /// GPT-2's cut into words (`encoder.py` of OpenAI's GPT-2).
    private static let gpt2 = Result {
        let pattern = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
        return TextPattern.regex(try RegexProgram(pattern, component: "ByteLevel"), component: "ByteLevel")
    }

    /// Runs of word characters and runs of what is neither that nor space:
    /// `\w+|[^\w\s]+`.
    private static func words(_ text: [Unicode.Scalar]) -> [Range<Int>] {
        enum Kind { case space, word, other }
        var ranges: [Range<Int>] = []
        var last = Kind.space
        for (index, scalar) in text.enumerated() {
            let kind: Kind = scalar.isWord ? .word : scalar.isWhitespace ? .space : .other
            if kind != .space {
                let start = kind == last ? ranges.popLast()?.lowerBound ?? index : index
                ranges.append(start..<index + 1)
            }
            last = kind
        }
        return ranges
    }
}

extension TextPiece {
    /// Where to cut at single characters.
    fileprivate func cut(
        _ behavior: SplitBehavior, where isDelimiter: (Unicode.Scalar) -> Bool
    ) -> [Range<Int>] {
        var delimiters: [Range<Int>] = []
        for (index, scalar) in scalars.enumerated() where isDelimiter(scalar) {
            delimiters.append(index..<index + 1)
        }
        return behavior.cut(scalars.count, at: delimiters)
    }

    /// The pieces at some places, without the empty ones.
    fileprivate func pieces(_ ranges: [Range<Int>]) -> [TextPiece] {
        if ranges == [0..<scalars.count], !scalars.isEmpty { return [self] }
        return ranges.filter { !$0.isEmpty }.map { self[$0] }
    }
}
