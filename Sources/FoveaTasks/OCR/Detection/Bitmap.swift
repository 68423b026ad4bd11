/// Which pixels of a map belong to text.
package struct Bitmap: Sendable, Equatable {
    package let width: Int
    package let height: Int
    /// Row by row, `true` where set.
    package let values: [Bool]

    package init(width: Int, height: Int, values: [Bool]) {
        precondition(values.count == width * height, "Values do not fill the bitmap")
        self.width = width
        self.height = height
        self.values = values
    }

    /// Sets also every pixel whose left, upper or upper left neighbour is set.
    ///
    /// Equal to OpenCV's `dilate` with a 2×2 kernel of ones, whose anchor is
    /// the kernel's lower right pixel.
    package func dilated() -> Bitmap {
        var result = values
        for y in 0..<height {
            let row = y * width
            for x in 0..<width where values[row + x] {
                let right = x + 1 < width
                if right { result[row + x + 1] = true }
                if y + 1 < height {
                    result[row + width + x] = true
                    if right { result[row + width + x + 1] = true }
                }
            }
        }
        return Bitmap(width: width, height: height, values: result)
    }
}
