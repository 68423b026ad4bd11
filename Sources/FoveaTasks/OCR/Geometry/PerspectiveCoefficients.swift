/// The eight numbers a…h of the perspective map
/// x′ = (ax + by + c) / (gx + hy + 1), y′ = (dx + ey + f) / (gx + hy + 1).
package struct PerspectiveCoefficients: Sendable, Hashable {
    package let values: [Double]

    /// The map that takes four points to four others; `nil` where there is no
    /// such map.
    ///
    /// Each pair of points gives two linear equations; the eight are solved by
    /// Gaussian elimination with partial pivoting.
    package init?(from sources: [(x: Double, y: Double)], to targets: [(x: Double, y: Double)]) {
        guard sources.count == 4, targets.count == 4 else { return nil }
        var rows: [[Double]] = []
        for ((x, y), (u, v)) in zip(sources, targets) {
            rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
            rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
        }
        let unknowns = 8
        for column in 0..<unknowns {
            let pivot = (column..<unknowns).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
            guard abs(rows[pivot][column]) > 1e-9 else { return nil }
            rows.swapAt(column, pivot)
            for row in 0..<unknowns where row != column {
                let factor = rows[row][column] / rows[column][column]
                if factor == 0 { continue }
                for index in column...unknowns { rows[row][index] -= factor * rows[column][index] }
            }
        }
        values = (0..<unknowns).map { rows[$0][unknowns] / rows[$0][$0] }
        guard values.allSatisfy(\.isFinite) else { return nil }
    }
}
