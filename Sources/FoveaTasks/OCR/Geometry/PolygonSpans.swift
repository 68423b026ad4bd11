/// The pixels of a picture that a filled convex polygon covers, row by row,
/// its outline included.
///
/// They are those that OpenCV's `fillPoly` sets, also for a polygon that
/// reaches out of the picture: then the outline is drawn between whole pixels
/// at the picture's edge.
package struct PolygonSpans: Sendable {
    /// For every row of the picture the first column covered and the last;
    /// the last is less than the first where none is.
    package private(set) var rows: [(first: Int, last: Int)]

    /// - Parameter corners: in order around the polygon.
    package init(_ corners: [GridPoint], width: Int, height: Int) {
        rows = Array(repeating: (first: width, last: -1), count: height)
        var crossings = Array(repeating: (least: Int.max, greatest: Int.min), count: height)
        for (index, corner) in corners.enumerated() {
            let side = LineSegment(from: corner, to: corners[(index + 1) % corners.count])
            let (clipped, isVisible) = side.clipped(width: width, height: height)
            if isVisible { draw(clipped) }
            Self.forEachCrossing(of: side, clipped: clipped, height: height) { row, column in
                crossings[row].least = min(crossings[row].least, column)
                crossings[row].greatest = max(crossings[row].greatest, column)
            }
        }
        for (row, crossing) in crossings.enumerated() where crossing.least <= crossing.greatest {
            let first = max((crossing.least + 0xffff) >> 16, 0)
            let last = min(crossing.greatest >> 16, width - 1)
            if first <= last { cover(row, first, last) }
        }
    }

    private mutating func cover(_ row: Int, _ first: Int, _ last: Int) {
        rows[row].first = min(rows[row].first, first)
        rows[row].last = max(rows[row].last, last)
    }

    /// Bresenham's line from left to right. A place half-way between two
    /// pixels goes to the one nearer the line's left end.
    private mutating func draw(_ line: LineSegment) {
        let (start, end) = line.from.x <= line.to.x ? (line.from, line.to) : (line.to, line.from)
        let (dx, dy) = (end.x - start.x, abs(end.y - start.y))
        let down = end.y >= start.y ? 1 : -1
        let (major, minor) = (max(dx, dy), min(dx, dy))
        for step in 0...major {
            let side = major == 0 ? 0 : (2 * minor * step + major - 1) / (2 * major)
            let (right, below) = dx >= dy ? (step, side) : (side, step)
            cover(start.y + down * below, start.x + right, start.x + right)
        }
    }

    /// Where a side meets the rows from its upper end on, the row of its lower
    /// end left out. Columns are fixed-point numbers with 16 bits behind the
    /// point.
    ///
    /// A side that was clipped runs through its clipped ends, and straight up
    /// where these lie in one row.
    private static func forEachCrossing(
        of side: LineSegment, clipped: LineSegment, height: Int, _ visit: (_ row: Int, _ column: Int) -> Void
    ) {
        guard side.from.y != side.to.y else { return }
        var line = clipped
        if clipped.from.y == clipped.to.y {
            line.from.y = side.from.y
            line.to.y = side.to.y
        }
        let slope = ((line.to.x - line.from.x) << 16) / (line.to.y - line.from.y)
        let top = max(min(side.from.y, side.to.y), 0)
        let bottom = min(max(side.from.y, side.to.y), height)
        guard top < bottom else { return }
        for row in top..<bottom { visit(row, (line.from.x << 16) + (row - line.from.y) * slope) }
    }
}
