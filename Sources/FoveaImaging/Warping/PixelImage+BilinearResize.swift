public import FoveaCore

extension PixelImage {
    /// OpenCV's `resize` with `INTER_LINEAR` on bytes, bit for bit.
    ///
    /// Four neighbours are blended with 11-bit weights, whatever the scale, so
    /// that a strong reduction skips pixels; only a reduction to exactly a half
    /// both ways takes the mean of 2x2 pixels.
    ///
    /// - Parameter size: at least one pixel.
    public func resizedBilinear(to size: ImageSize) -> PixelImage {
        if size == ImageSize(width: width, height: height) { return self }
        let scaleX = 1 / (Double(size.width) / Double(width))
        let scaleY = 1 / (Double(size.height) / Double(height))
        if abs(scaleX - 2) < Double.ulpOfOne && abs(scaleY - 2) < Double.ulpOfOne { return halved() }
        let columns = BilinearAxis(input: width, output: size.width, scale: scaleX, clampsWeights: true)
        let rows = BilinearAxis(input: height, output: size.height, scale: scaleY, clampsWeights: false)
        return PixelImage(width: size.width, height: size.height) { output in
            var blender = RowBlender(self, columns)
            for y in 0..<size.height {
                blender.blend(
                    Int(rows.first[y]), Int(rows.second[y]), rows.firstWeight[y], rows.secondWeight[y],
                    into: UnsafeMutableBufferPointer(
                        rebasing: output[(y * size.width * 3)..<((y + 1) * size.width * 3)]))
            }
        }
    }

    /// Fits the picture into a canvas: resized as OpenCV does, placed at the
    /// top left on black.
    ///
    /// - Parameters:
    ///   - newSize: of the resized picture, not larger than the canvas.
    ///   - canvas: size of the result.
    public func letterboxed(newSize: ImageSize, canvas: ImageSize) -> PixelImage {
        precondition(
            newSize.width <= canvas.width && newSize.height <= canvas.height,
            "\(newSize) does not fit into \(canvas)")
        let resized = resizedBilinear(to: newSize)
        return PixelImage(width: canvas.width, height: canvas.height) { output in
            output.initialize(repeating: 0)
            resized.pixels.withUnsafeBufferPointer { input in
                for y in 0..<newSize.height {
                    let row = input[(y * newSize.width * 3)..<((y + 1) * newSize.width * 3)]
                    _ = output[(y * canvas.width * 3)...].update(fromContentsOf: row)
                }
            }
        }
    }

    /// The mean of each 2x2 pixels, rounded.
    private func halved() -> PixelImage {
        PixelImage(width: width / 2, height: height / 2) { output in
            pixels.withUnsafeBufferPointer { input in
                var next = 0
                for y in 0..<(height / 2) {
                    var upper = y * 2 * width * 3
                    for _ in 0..<(width / 2) {
                        let lower = upper + width * 3
                        for channel in 0..<3 {
                            let sum =
                                UInt16(input[upper + channel]) + UInt16(input[upper + 3 + channel])
                                + UInt16(input[lower + channel]) + UInt16(input[lower + 3 + channel])
                            output[next + channel] = UInt8(truncatingIfNeeded: (sum + 2) >> 2)
                        }
                        upper += 6
                        next += 3
                    }
                }
            }
        }
    }
}
