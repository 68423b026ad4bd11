/// What becomes of the delimiters when a text is cut at them.
enum SplitBehavior: String, Sendable {
    case removed = "Removed"
    case isolated = "Isolated"
    case mergedWithPrevious = "MergedWithPrevious"
    case mergedWithNext = "MergedWithNext"
    case contiguous = "Contiguous"

    init(_ reader: ComponentReader) throws {
        let name = try reader.string("behavior")
        guard let behavior = SplitBehavior(rawValue: name) else {
            throw reader.fault("has the behavior \"\(name)\", which is not supported")
        }
        self = behavior
    }

    /// Cuts a text of `count` scalars at delimiters, which are in order and
    /// do not overlap.
    ///
    /// - Parameter inverted: what is between the delimiters counts as
    ///   delimiter, and they as text.
    /// - Returns: the pieces' places; some may be empty.
    func cut(_ count: Int, at delimiters: [Range<Int>], inverted: Bool = false) -> [Range<Int>] {
        var spans: [(range: Range<Int>, isDelimiter: Bool)] = []
        var position = 0
        for delimiter in delimiters {
            if position < delimiter.lowerBound { spans.append((position..<delimiter.lowerBound, inverted)) }
            spans.append((delimiter, !inverted))
            position = delimiter.upperBound
        }
        if position < count { spans.append((position..<count, inverted)) }
        switch self {
        case .isolated: return spans.map(\.range)
        case .removed: return spans.filter { !$0.isDelimiter }.map(\.range)
        case .contiguous: return Self.merge(spans) { $0 == $1 }
        case .mergedWithPrevious: return Self.merge(spans) { !$0 && $1 }
        case .mergedWithNext: return Self.merge(spans.reversed()) { !$0 && $1 }.reversed()
        }
    }

    /// Joins a span to the one before, where `joins` says so of whether that
    /// one and this one are delimiters. Before the first there is text.
    private static func merge(
        _ spans: [(range: Range<Int>, isDelimiter: Bool)], where joins: (Bool, Bool) -> Bool
    ) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var previous = false
        for span in spans {
            if joins(previous, span.isDelimiter), let last = result.popLast() {
                let low = min(last.lowerBound, span.range.lowerBound)
                result.append(low..<max(last.upperBound, span.range.upperBound))
            } else {
                result.append(span.range)
            }
            previous = span.isDelimiter
        }
        return result
    }
}
