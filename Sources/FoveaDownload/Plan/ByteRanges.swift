/// Which bytes of a file are there: ranges that neither overlap nor touch, in order. Pure.
package struct ByteRanges: Sendable, Hashable {
    package private(set) var ranges: [Range<Int>] = []

    package init(_ ranges: [Range<Int>] = []) {
        for range in ranges { insert(range) }
    }

    /// How many bytes they are together.
    package var count: Int { ranges.reduce(0) { $0 + $1.count } }

    package mutating func insert(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let first = ranges.firstIndex { $0.upperBound >= range.lowerBound } ?? ranges.endIndex
        let last = ranges.lastIndex { $0.lowerBound <= range.upperBound } ?? -1
        guard first <= last else { return ranges.insert(range, at: first) }
        let joined =
            min(range.lowerBound, ranges[first].lowerBound)..<max(range.upperBound, ranges[last].upperBound)
        ranges.replaceSubrange(first...last, with: [joined])
    }

    /// What is missing of the first `total` bytes.
    package func gaps(of total: Int) -> [Range<Int>] {
        var gaps: [Range<Int>] = []
        var start = 0
        for range in ranges where range.lowerBound < total {
            if range.lowerBound > start { gaps.append(start..<range.lowerBound) }
            start = range.upperBound
        }
        if start < total { gaps.append(start..<total) }
        return gaps
    }

    /// What of them lies before `end`.
    package func clipped(to end: Int) -> ByteRanges {
        ByteRanges(ranges.filter { $0.lowerBound < end }.map { $0.clamped(to: 0..<end) })
    }
}
