package import FoveaCore

/// How likely each pixel of a picture belongs to text, as the model says.
package struct ProbabilityMap: Sendable {
    package let width: Int
    package let height: Int
    /// Row by row, 0…1.
    package let values: [Float]

    package init(width: Int, height: Int, values: [Float]) {
        precondition(values.count == width * height, "Values do not fill the map")
        self.width = width
        self.height = height
        self.values = values
    }

    /// The pixels above the threshold.
    package func bitmap(above threshold: Float) -> Bitmap {
        Bitmap(width: width, height: height, values: values.map { $0 > threshold })
    }

    /// Mean of the map inside a rectangle.
    ///
    /// The pixels are those that OpenCV's `fillPoly` sets in a mask of the
    /// rectangle's surroundings, after the corners were cut down to whole
    /// pixels of that mask. 0 where none lies inside the map.
    package func mean(inside corners: [Point]) -> Float {
        func pixel(_ value: Float?, _ count: Int) -> Int { min(max(Int(value ?? 0), 0), count - 1) }
        let left = pixel(corners.map(\.x).min()?.rounded(.down), width)
        let right = pixel(corners.map(\.x).max()?.rounded(.up), width)
        let top = pixel(corners.map(\.y).min()?.rounded(.down), height)
        let bottom = pixel(corners.map(\.y).max()?.rounded(.up), height)
        let spans = PolygonSpans(
            corners.map { GridPoint(x: Int($0.x - Float(left)), y: Int($0.y - Float(top))) },
            width: right - left + 1, height: bottom - top + 1)
        var sum = 0.0
        var count = 0
        for (row, columns) in spans.rows.enumerated() where columns.first <= columns.last {
            let start = (top + row) * width + left
            for value in values[(start + columns.first)...(start + columns.last)] { sum += Double(value) }
            count += columns.last - columns.first + 1
        }
        return count > 0 ? Float(sum / Double(count)) : 0
    }
}
