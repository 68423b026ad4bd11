/// A straight line between two pixels.
package struct LineSegment: Sendable, Hashable {
    package var from: GridPoint
    package var to: GridPoint

    package init(from: GridPoint, to: GridPoint) {
        self.from = from
        self.to = to
    }

    /// Cuts off what lies outside a picture, with ends in whole pixels.
    ///
    /// Cohen and Sutherland's algorithm; quotients are cut to whole numbers as
    /// OpenCV's `clipLine` does.
    ///
    /// - Returns: the part inside, or as far as it was cut when it turned out
    ///   that nothing is visible.
    package func clipped(width: Int, height: Int) -> (segment: LineSegment, isVisible: Bool) {
        var line = self
        func outside(_ point: GridPoint) -> (x: Int, y: Int) {
            (
                point.x < 0 ? -1 : point.x >= width ? 1 : 0,
                point.y < 0 ? -1 : point.y >= height ? 1 : 0
            )
        }
        /// Whether the line may be partly inside.
        func straddles() -> Bool {
            let (a, b) = (outside(line.from), outside(line.to))
            let sameSide = a.x != 0 && a.x == b.x || a.y != 0 && a.y == b.y
            return !sameSide && (a != (0, 0) || b != (0, 0))
        }
        func cut(_ end: WritableKeyPath<LineSegment, GridPoint>, toRow row: Int) {
            let way = Double(row - line[keyPath: end].y) * Double(line.to.x - line.from.x)
            line[keyPath: end].x += Int(way / Double(line.to.y - line.from.y))
            line[keyPath: end].y = row
        }
        func cut(_ end: WritableKeyPath<LineSegment, GridPoint>, toColumn column: Int) {
            let way = Double(column - line[keyPath: end].x) * Double(line.to.y - line.from.y)
            line[keyPath: end].y += Int(way / Double(line.to.x - line.from.x))
            line[keyPath: end].x = column
        }
        if straddles() {
            for end in [\LineSegment.from, \LineSegment.to] where outside(line[keyPath: end]).y != 0 {
                cut(end, toRow: outside(line[keyPath: end]).y < 0 ? 0 : height - 1)
            }
        }
        if straddles() {
            for end in [\LineSegment.from, \LineSegment.to] where outside(line[keyPath: end]).x != 0 {
                cut(end, toColumn: outside(line[keyPath: end]).x < 0 ? 0 : width - 1)
            }
        }
        return (line, outside(line.from) == (0, 0) && outside(line.to) == (0, 0))
    }
}
