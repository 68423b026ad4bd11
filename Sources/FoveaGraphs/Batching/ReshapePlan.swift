/// How a `Reshape` that was made for a batch of one serves any batch.
package struct ReshapePlan: Equatable {
    /// The dimension that the batch is in afterwards, and what comes before it
    /// in there: see ``BatchPlace``.
    package var dimension: Int
    package var outer: Int
    /// The target: 0 for the input's length, −1 for what is left.
    package var target: [Int64]
    /// Lengths for a batch of one.
    package var shape: [Int?]

    /// - Parameters:
    ///   - shape: the input's, for a batch of one.
    ///   - dimension: the input's dimension that the batch is in.
    ///   - outer: what comes before the batch in there.
    ///   - target: what the node was given.
    /// - Returns: `nil` where the batch cannot be told from the rest.
    package init?(shape: [Int?], dimension: Int, outer: Int, target: [Int64]) {
        guard target.count(where: { $0 == -1 }) <= 1, target.allSatisfy({ $0 >= -1 }) else { return nil }
        var lengths: [Int?] = target.enumerated().map { index, length in
            switch length {
            case 0: index < shape.count ? shape[index] : nil
            case -1: nil
            default: Int(length)
            }
        }
        guard zip(target.indices, target).allSatisfy({ $1 != 0 || $0 < shape.count }) else { return nil }
        if let rest = target.firstIndex(of: -1), let count = Self.product(shape),
            let others = Self.product(lengths.indices.filter { $0 != rest }.map { lengths[$0] }), others > 0
        {
            guard count % others == 0 else { return nil }
            lengths[rest] = count / others
        }
        guard
            let place = Self.place(
                shape: shape, dimension: dimension, outer: outer, target: target, lengths: lengths)
        else { return nil }
        // A length that is taken from the input has the batch in it or has not.
        if target.indices.contains(dimension), target[dimension] == 0, place.dimension != dimension {
            return nil
        }
        var changed = target
        let own = place.dimension
        if target[own] != -1, target[own] != 0 {
            if let rest = target.firstIndex(of: -1) {
                if let length = lengths[rest] {
                    changed[rest] = Int64(length)
                    changed[own] = -1
                } else if own == dimension, shape[own] == 1, lengths[own] == 1 {
                    changed[own] = 0
                } else {
                    return nil
                }
            } else {
                changed[own] = -1
            }
        } else if target[own] == 0, own != dimension {
            return nil
        }
        self.dimension = own
        self.outer = place.outer
        self.target = changed
        self.shape = lengths
    }

    private static func product(_ lengths: [Int?]) -> Int? {
        var product = 1
        for length in lengths {
            guard let length, case (let next, false) = product.multipliedReportingOverflow(by: length) else {
                return nil
            }
            product = next
        }
        return product
    }

    /// Where the batch is afterwards: behind as many elements as before.
    private static func place(
        shape: [Int?], dimension: Int, outer: Int, target: [Int64], lengths: [Int?]
    ) -> BatchPlace? {
        guard let before = product(shape[..<dimension] + [outer]), before > 0 else { return nil }
        // The products of the first so many lengths, as far as they are known.
        var prefixes = [1]
        for length in lengths {
            guard let next = product([prefixes.last, length]) else { break }
            prefixes.append(next)
        }
        let matching = prefixes.indices.filter { prefixes[$0] == before }
        let alone = matching.filter { $0 < lengths.count && lengths[$0] == 1 }
        if let own = alone.contains(dimension) ? dimension : alone.first { return BatchPlace(dimension: own) }
        guard let first = matching.first else {
            // In the middle of a dimension.
            guard let index = prefixes.lastIndex(where: { $0 < before }), index < lengths.count,
                prefixes[index] > 0, before % prefixes[index] == 0
            else { return nil }
            let part = before / prefixes[index]
            if let length = lengths[index], length % part != 0 { return nil }
            return BatchPlace(dimension: index, outer: part)
        }
        // Between two dimensions: with the next one, as its outer part, or with
        // the one before, as its inner part. A next one that is parted, as
        // attention parts channels into heads, takes the batch along; one that
        // stays whole, or is put together from heads, is what the next operator
        // works over.
        guard first > 0 else { return BatchPlace(dimension: 0) }
        let next = nextLength(shape, dimension, outer)
        if first < lengths.count, let length = lengths[first], let next, length < next {
            return BatchPlace(dimension: first)
        }
        return lengths[first - 1].map { BatchPlace(dimension: first - 1, outer: $0) }
    }

    /// The length that comes right after the batch.
    private static func nextLength(_ shape: [Int?], _ dimension: Int, _ outer: Int) -> Int? {
        if let own = shape[dimension], own != outer { return own / max(outer, 1) }
        return dimension + 1 < shape.count ? shape[dimension + 1] : nil
    }
}
