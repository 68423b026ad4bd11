/// Figures that say what many measurements say.
package enum Statistics {
    /// The value in the middle; the mean of both where there are two.
    ///
    /// - Returns: `nil` where there are no values.
    package static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    /// The smallest value that at least this share of all values does not
    /// exceed: the nearest rank, so that it is always one that was measured.
    ///
    /// - Parameter share: 0…1; 0.99 for the 99th percentile.
    /// - Returns: `nil` where there are no values.
    package static func quantile(_ share: Double, of values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let rank = Int((share * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}
