/// One step that puts special tokens around a text's ids.
///
/// Steps in a sequence hand on a list of parts, and some of them treat the
/// first part and the others differently; only at the end are parts joined.
enum PostProcessor: Sendable {
    /// `RobertaProcessing` and `BertProcessing`; the former starts parts
    /// other than the first with the separator, too.
    case surround(start: UInt32, end: UInt32, isRoberta: Bool)
    case template(single: [Piece], pair: [Piece])

    /// A part of a template.
    enum Piece: Sendable {
        /// The first or second part of the text.
        case part(Int)
        case special([UInt32])

        var isText: Bool { if case .part = self { true } else { false } }
    }

    /// How many special tokens this adds to one text.
    var addedCount: Int {
        switch self {
        case .surround: 2
        case .template(let single, _):
            single.reduce(0) { sum, piece in
                if case .special(let ids) = piece { sum + ids.count } else { sum }
            }
        }
    }

    /// The parts with special tokens, or `nil` where the template asks for a
    /// part that there is not.
    func apply(to parts: [[UInt32]]) -> [[UInt32]]? {
        switch self {
        case .surround(let start, let end, let isRoberta):
            return parts.enumerated().map { index, ids in
                (index == 0 ? [start] : isRoberta ? [end] : []) + ids + [end]
            }
        case .template(let single, let pair):
            guard 1...2 ~= parts.count else { return nil }
            var result: [[UInt32]] = []
            for piece in parts.count == 1 ? single : pair {
                switch piece {
                case .special(let ids): result.append(ids)
                case .part(let index):
                    guard index < parts.count else { return nil }
                    result.append(parts[index])
                }
            }
            return result
        }
    }
}
