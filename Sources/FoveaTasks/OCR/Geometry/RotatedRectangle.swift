package import FoveaCore

/// A rectangle that stands at any angle.
package struct RotatedRectangle: Sendable, Hashable {
    package var center: Point
    /// Length along ``direction``.
    package var width: Float
    /// Length across it.
    package var height: Float
    /// Unit vector along the width.
    package var direction: Point

    package init(center: Point, width: Float, height: Float, direction: Point) {
        self.center = center
        self.width = width
        self.height = height
        self.direction = direction
    }

    package var shortSide: Float { min(width, height) }

    /// The four corners, each next to the one before.
    package var corners: [Point] {
        let along = (x: direction.x * width / 2, y: direction.y * width / 2)
        let across = (x: -direction.y * height / 2, y: direction.x * height / 2)
        return [
            Point(x: center.x - along.x + across.x, y: center.y - along.y + across.y),
            Point(x: center.x - along.x - across.x, y: center.y - along.y - across.y),
            Point(x: center.x + along.x - across.x, y: center.y + along.y - across.y),
            Point(x: center.x + along.x + across.x, y: center.y + along.y + across.y),
        ]
    }

    /// The rectangle with `margin` added to its width and to its height.
    package func enlarged(by margin: Float) -> RotatedRectangle {
        RotatedRectangle(
            center: center, width: width + margin, height: height + margin, direction: direction)
    }
}
