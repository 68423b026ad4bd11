package import FoveaCore

extension PixelImage {
    /// The picture in the upper left corner of a larger one, with its right
    /// column and its bottom row repeated up to the other edges.
    ///
    /// - Parameter size: no side shorter than the picture's.
    package func extended(to size: ImageSize) -> PixelImage {
        precondition(size.width >= width && size.height >= height, "The canvas does not hold the picture")
        if size.width == width, size.height == height { return self }
        let channels = Self.channels
        let (rowLength, canvasRowLength) = (width * channels, size.width * channels)
        return PixelImage(width: size.width, height: size.height) { output in
            pixels.withUnsafeBufferPointer { input in
                for row in 0..<size.height {
                    let source = min(row, height - 1) * rowLength
                    let target = row * canvasRowLength
                    for index in 0..<rowLength { output[target + index] = input[source + index] }
                    for index in rowLength..<canvasRowLength {
                        output[target + index] = output[target + index - channels]
                    }
                }
            }
        }
    }
}
