/// How far two words are apart.
package enum EditDistance {
    /// The fewest insertions, deletions, replacements and swaps of neighbours
    /// that make one word of the other, no part edited twice (the optimal
    /// string alignment distance of Damerau and Levenshtein).
    ///
    /// - Returns: `nil` if it is more than `limit`.
    package static func between(_ one: String, _ other: String, limit: Int) -> Int? {
        let (a, b) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
        // Also what keeps a name of a megabyte cheap.
        guard abs(a.count - b.count) <= limit else { return nil }
        var beforePrevious: [Int] = []
        var previous = Array(0...b.count)
        for i in 0..<a.count {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in 0..<b.count {
                var best = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    best = min(best, beforePrevious[j - 1] + 1)
                }
                row.append(best)
            }
            guard row.contains(where: { $0 <= limit }) else { return nil }
            (beforePrevious, previous) = (previous, row)
        }
        return previous[b.count] <= limit ? previous[b.count] : nil
    }
}
