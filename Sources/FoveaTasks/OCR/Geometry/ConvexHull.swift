extension [GridPoint] {
    /// The corners of the smallest convex polygon around the points, without
    /// points in the middle of an edge. One where all points are equal, two
    /// where all lie on a line.
    ///
    /// They go round with x to the right and y downwards as the hands of a
    /// clock. The first one is OpenCV's, which decides between rectangles of
    /// the same area: where the corners' places in the list only ascend (or
    /// only descend) once around, the one where that begins; otherwise the
    /// rightmost, then lowest.
    ///
    /// Andrew, "Another efficient algorithm for convex hulls in two
    /// dimensions", 1979.
    package func convexHull() -> [GridPoint] {
        var places: [GridPoint: Int] = [:]
        for (place, point) in enumerated() where places[point] == nil { places[point] = place }
        let sorted = places.keys.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        guard let rightmost = sorted.last, sorted.count > 2 else { return sorted }
        let hull = Self.chain(through: sorted).dropLast() + Self.chain(through: sorted.reversed()).dropLast()
        let order = hull.map { places[$0] ?? 0 }
        let ascents = order.indices.count { order[$0] < order[($0 + 1) % order.count] }
        let start: Int? =
            switch ascents {
            case order.count - 1: order.indices.min { order[$0] < order[$1] }
            case 1: order.indices.max { order[$0] < order[$1] }
            default: hull.firstIndex(of: rightmost)
            }
        return Array(hull[(start ?? 0)...] + hull[..<(start ?? 0)])
    }

    private static func chain(through points: some Sequence<GridPoint>) -> [GridPoint] {
        var chain: [GridPoint] = []
        for point in points {
            while chain.count > 1, !turnsClockwise(chain[chain.count - 2], chain[chain.count - 1], point) {
                chain.removeLast()
            }
            chain.append(point)
        }
        return chain
    }

    private static func turnsClockwise(_ a: GridPoint, _ b: GridPoint, _ c: GridPoint) -> Bool {
        (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0
    }
}
