extension Bitmap {
    /// The borders of all connected regions (8 neighbours) and of their
    /// holes, as pixels of the regions where the border bends.
    ///
    /// Suzuki and Abe, "Topological structural analysis of digitized binary
    /// images by border following", 1985, without the hierarchy. The points
    /// and their order are those of OpenCV's `findContours` with `RETR_LIST`
    /// and `CHAIN_APPROX_SIMPLE`: the border found last in reading order
    /// comes first.
    ///
    /// - Parameter limit: only so many are kept, the first ones in that order.
    package func contours(limit: Int) -> [[GridPoint]] {
        var tracer = BorderTracer(self)
        var found: [[GridPoint]] = []
        tracer.traceAll { contour in
            found.append(contour)
            // Keeps the last ones; in chunks, so that each is moved once.
            if found.count >= 2 * limit { found.removeFirst(found.count - limit) }
        }
        return found.suffix(limit).reversed()
    }
}

/// Follows the borders of a bitmap and marks where it has been.
private struct BorderTracer {
    private enum Mark {
        static let background: Int8 = 0
        static let unvisited: Int8 = 1
        static let visited: Int8 = 2
        /// Visited by a border that has background on the pixel's right.
        static let visitedRight: Int8 = -2
    }

    /// The bitmap with one pixel of background around it.
    private var marks: [Int8]
    private let stride: Int
    private let rows: Int
    /// From a pixel to its 8 neighbours: right, upper right, and on
    /// counterclockwise.
    private let steps: [Int]
    private static let right = 0
    private static let left = 4

    init(_ bitmap: Bitmap) {
        let stride = bitmap.width + 2
        self.stride = stride
        rows = bitmap.height
        steps = [1, 1 - stride, -stride, -1 - stride, -1, stride - 1, stride, stride + 1]
        marks = [Int8](repeating: Mark.background, count: stride * (bitmap.height + 2))
        for y in 0..<bitmap.height {
            for x in 0..<bitmap.width where bitmap.values[y * bitmap.width + x] {
                marks[(y + 1) * stride + x + 1] = Mark.unvisited
            }
        }
    }

    mutating func traceAll(_ found: ([GridPoint]) -> Void) {
        for y in 1..<(rows + 1) {
            for position in (y * stride + 1)..<((y + 1) * stride) {
                let (before, here) = (marks[position - 1], marks[position])
                if before == Mark.background, here == Mark.unvisited {
                    found(trace(from: position, background: Self.left))
                } else if before > Mark.background, here == Mark.background {
                    found(trace(from: position - 1, background: Self.right))
                }
            }
        }
    }

    /// Follows one border.
    ///
    /// - Parameter side: where the background is that the border is seen from.
    private mutating func trace(from start: Int, background side: Int) -> [GridPoint] {
        var toward = side
        repeat { toward = (toward + 7) & 7 } while toward != side && marks[start + steps[toward]] == 0
        guard toward != side else {
            marks[start] = Mark.visitedRight
            return [point(start)]
        }
        let last = start + steps[toward]
        var contour: [GridPoint] = []
        var here = start
        var arrived = toward ^ 4
        while true {
            var rightIsBackground = false
            toward = (toward + 1) & 7
            while marks[here + steps[toward]] == 0 {
                if toward == Self.right { rightIsBackground = true }
                toward = (toward + 1) & 7
            }
            if rightIsBackground {
                marks[here] = Mark.visitedRight
            } else if marks[here] == Mark.unvisited {
                marks[here] = Mark.visited
            }
            if toward != arrived { contour.append(point(here)) }
            arrived = toward
            let next = here + steps[toward]
            if next == start, here == last { return contour }
            here = next
            toward = (toward + 4) & 7
        }
    }

    private func point(_ position: Int) -> GridPoint {
        GridPoint(x: position % stride - 1, y: position / stride - 1)
    }
}
