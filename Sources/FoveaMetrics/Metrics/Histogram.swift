/// How often values fell into each of a few ranges.
package struct Histogram: Sendable, Hashable {
    /// Inclusive upper bounds of the buckets, ascending; one more without
    /// bound follows them.
    package let bounds: [Double]
    /// Values of each bucket alone, the last beyond every bound.
    package private(set) var counts: [Int]
    /// All values added up.
    package private(set) var sum = 0.0

    /// - Parameter bounds: finite, ascending, each once.
    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// Counts a value. One that is no number is left out: it would turn the
    /// sum into none for good.
    package mutating func observe(_ value: Double) {
        guard value.isFinite else { return }
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    package mutating func observe(_ duration: Duration) { observe(duration.seconds) }

    package var count: Int { counts.reduce(0, +) }

    /// For each bound, and then for infinity, how many values are not above it.
    package var cumulativeCounts: [Int] {
        var total = 0
        return counts.map { count in
            total += count
            return total
        }
    }
}

extension Duration {
    /// The length in seconds.
    package var seconds: Double {
        let (seconds, attoseconds) = components
        // Divided, not multiplied by 1e-18, which no float holds exactly: a
        // quarter of a second becomes 0.25.
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
