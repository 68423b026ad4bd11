import FoveaCore
import Foundation

extension RotatedRectangle {
    /// The rectangle of least area around the points; `nil` without points.
    ///
    /// One of its sides lies on an edge of the convex hull (Freeman and
    /// Shapira 1975), so it is enough to turn a caliper once around the hull
    /// (Toussaint, "Solving geometric problems with the rotating calipers",
    /// 1983). Of several equally small ones it is the one that OpenCV's
    /// `minAreaRect` gives. Its angle is at least -90 and less than 0.
    package init?(around points: [GridPoint]) {
        let hull = points.convexHull()
        guard let first = hull.first else { return nil }
        guard hull.count > 2 else {
            self.init(from: first, to: hull.last ?? first)
            return
        }
        var calipers = RotatingCalipers(hull: hull)
        var best = calipers
        var leastArea = Float.infinity
        for _ in hull.indices {
            calipers.turn()
            let area = calipers.width * calipers.height
            // The last of equals.
            if area <= leastArea {
                leastArea = area
                best = calipers
            }
        }
        self = best.rectangle
    }

    /// The flat rectangle that a line is.
    private init(from a: GridPoint, to b: GridPoint) {
        let (dx, dy) = (Double(b.x - a.x), Double(b.y - a.y))
        self.init(
            center: Point(x: Float(a.x + b.x) / 2, y: Float(a.y + b.y) / 2),
            width: Float((dx * dx + dy * dy).squareRoot()), height: 0,
            along: Point(x: Float(dx), y: Float(dy)))
    }

    /// Turns the sides' names so that the angle is at least -90 and less than 0.
    fileprivate init(center: Point, width: Float, height: Float, along: Point) {
        self.init(center: center, width: width, height: height, angle: 0)
        var degrees = atan2(Double(along.y), Double(along.x)) * 180 / .pi
        while degrees >= 0 {
            degrees -= 90
            swap(&self.width, &self.height)
        }
        angle = Float(degrees)
    }
}

/// Four lines at right angles that touch a convex polygon from all sides and
/// turn around it, edge by edge.
private struct RotatingCalipers {
    private let hull: [Point]
    /// Unit vectors from each corner to the next.
    private let edges: [Point]
    /// The corners touched by the line along ``direction`` and by the next
    /// three, a quarter turn clockwise each: top, right, bottom and left at
    /// the start.
    private var touched: [Int]
    /// Unit vector along the first line.
    private var direction = Point(x: 1, y: 0)

    /// - Parameter hull: at least three corners, clockwise on the screen.
    init(hull: [GridPoint]) {
        self.hull = hull.map { Point(x: Float($0.x), y: Float($0.y)) }
        edges = hull.indices.map { index in
            let next = hull[(index + 1) % hull.count]
            let (dx, dy) = (Double(next.x - hull[index].x), Double(next.y - hull[index].y))
            let inverse = Float(1 / (dx * dx + dy * dy).squareRoot())
            return Point(x: Float(dx) * inverse, y: Float(dy) * inverse)
        }
        var touched = [0, 0, 0, 0]
        for index in hull.indices {
            if hull[index].y < hull[touched[0]].y { touched[0] = index }
            if hull[index].x > hull[touched[1]].x { touched[1] = index }
            if hull[index].y > hull[touched[2]].y { touched[2] = index }
            if hull[index].x < hull[touched[3]].x { touched[3] = index }
        }
        self.touched = touched
    }

    /// Turns the lines until one of them lies on an edge.
    mutating func turn() {
        // Every line's next edge, turned back to the first line's frame.
        let ahead = touched.indices.map { edges[touched[$0]].turnedBack(quarters: $0) }
        var nearest = 0
        for line in 1..<4 where ahead[nearest].cross(ahead[line]) < 0 { nearest = line }
        direction = ahead[nearest]
        touched[nearest] = (touched[nearest] + 1) % hull.count
    }

    private var normal: Point { Point(x: -direction.y, y: direction.x) }

    var width: Float { (hull[touched[1]] - hull[touched[3]]).dot(direction) }

    var height: Float { (hull[touched[2]] - hull[touched[0]]).dot(normal) }

    /// The rectangle that the four lines bound.
    var rectangle: RotatedRectangle {
        let corner = crossing(ofTopWithLeft: hull[touched[3]].dot(direction), hull[touched[0]].dot(normal))
        let along = direction * width
        let across = normal * height
        return RotatedRectangle(
            center: Point(
                x: corner.x + (along.x + across.x) * 0.5, y: corner.y + (along.y + across.y) * 0.5),
            width: along.length, height: across.length, along: along)
    }

    /// The point so far along the direction and so far along the normal.
    private func crossing(ofTopWithLeft along: Float, _ across: Float) -> Point {
        let inverse = 1 / (direction.x * normal.y - normal.x * direction.y)
        return Point(
            x: (along * normal.y - across * direction.y) * inverse,
            y: (direction.x * across - normal.x * along) * inverse)
    }
}

extension Point {
    fileprivate static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }

    fileprivate static func * (a: Point, factor: Float) -> Point { Point(x: a.x * factor, y: a.y * factor) }

    fileprivate var length: Float {
        Float((Double(x) * Double(x) + Double(y) * Double(y)).squareRoot())
    }

    fileprivate func dot(_ other: Point) -> Float { x * other.x + y * other.y }

    /// Above 0 where `other` points further clockwise on the screen.
    fileprivate func cross(_ other: Point) -> Float { x * other.y - y * other.x }

    fileprivate func turnedBack(quarters: Int) -> Point {
        switch quarters {
        case 1: Point(x: y, y: -x)
        case 2: Point(x: -x, y: -y)
        case 3: Point(x: -y, y: x)
        default: self
        }
    }
}
