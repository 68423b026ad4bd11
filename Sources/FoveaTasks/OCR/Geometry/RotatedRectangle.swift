package import FoveaCore
import Foundation

/// A rectangle that stands at any angle.
///
/// Sides of rectangles around pixels often run exactly through pixels, and
/// later steps cut corners down to whole ones. So that the last bit does not
/// decide otherwise there, arithmetic here and where the rectangle is found is
/// OpenCV's, in its precision and order.
package struct RotatedRectangle: Sendable, Hashable {
    package var center: Point
    package var width: Float
    package var height: Float
    /// How far the width is turned clockwise, in degrees.
    package var angle: Float

    package init(center: Point, width: Float, height: Float, angle: Float) {
        self.center = center
        self.width = width
        self.height = height
        self.angle = angle
    }

    package var shortSide: Float { min(width, height) }

    /// The four corners clockwise: at angle 0 from the lower left one on.
    package var corners: [Point] {
        let radians = Double(angle) * .pi / 180
        let (halfSine, halfCosine) = (Float(sin(radians)) * 0.5, Float(cos(radians)) * 0.5)
        let first = Point(
            x: center.x - halfSine * height - halfCosine * width,
            y: center.y + halfCosine * height - halfSine * width)
        let second = Point(
            x: center.x + halfSine * height - halfCosine * width,
            y: center.y - halfCosine * height - halfSine * width)
        return [first, second, opposite(first), opposite(second)]
    }

    private func opposite(_ corner: Point) -> Point {
        Point(x: 2 * center.x - corner.x, y: 2 * center.y - corner.y)
    }

    /// The rectangle with `margin` added to its width and to its height.
    package func enlarged(by margin: Double) -> RotatedRectangle {
        RotatedRectangle(
            center: center, width: Float(Double(width) + margin), height: Float(Double(height) + margin),
            angle: angle)
    }
}
