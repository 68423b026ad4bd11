/// The syntax tree of a regular expression.
indirect enum RegexNode: Sendable {
    case empty
    case scalar(Unicode.Scalar)
    case set(ScalarSet)
    case sequence([RegexNode])
    case alternation([RegexNode])
    case `repeat`(RegexNode, min: Int, max: Int, RegexGreed)
    case look(RegexNode, behind: Bool, negative: Bool)
    case atomic(RegexNode)
    case assertion(RegexAssertion)

    /// The most a counted repetition may ask for; what `*` and `+` end at.
    static let unlimited = Int(Int32.max)

    /// Fewest and most scalars that can match.
    var length: (min: Int, max: Int) {
        switch self {
        case .empty, .look, .assertion: return (0, 0)
        case .scalar, .set: return (1, 1)
        case .atomic(let node): return node.length
        case .sequence(let nodes):
            return nodes.reduce((0, 0)) { sum, node in
                let length = node.length
                return (Self.capped(sum.0 + length.min), Self.capped(sum.1 + length.max))
            }
        case .alternation(let nodes):
            let lengths = nodes.map(\.length)
            return (lengths.map(\.min).min() ?? 0, lengths.map(\.max).max() ?? 0)
        case .repeat(let node, let min, let max, _):
            let length = node.length
            return (
                Self.capped(length.min.multipliedReportingOverflow(by: min).partialValue),
                Self.capped(length.max.multipliedReportingOverflow(by: max).partialValue)
            )
        }
    }

    // Both factors are at most `unlimited`, so products fit into 64 bits.
    private static func capped(_ value: Int) -> Int { Swift.min(value, unlimited) }
}

/// How a repetition chooses its count.
enum RegexGreed: Sendable {
    case greedy, lazy, possessive
}

/// A condition on a place in the text.
enum RegexAssertion: Sendable {
    case textStart, textEnd, textEndOrLastNewline
    case lineStart, lineEnd
    case wordBoundary, noWordBoundary
}
