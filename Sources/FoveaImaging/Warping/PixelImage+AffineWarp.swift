public import FoveaCore

extension PixelImage {
    /// OpenCV's `warpAffine` with bilinear interpolation and a black border,
    /// bit for bit.
    ///
    /// Positions are rounded to 1/32 of a pixel, after a rounding to 1/1024 of
    /// each part of the sum; weights are exact products of 32nds.
    ///
    /// - Parameters:
    ///   - transform: from positions in this picture to positions in the
    ///     result.
    ///   - size: of the result; at least one pixel.
    public func warped(by transform: AffineTransform2D, to size: ImageSize) -> PixelImage {
        let inverse = transform.inverse
        let columns = (0..<size.width).map { x in
            (Self.fixed(inverse.a * Double(x)), Self.fixed(inverse.c * Double(x)))
        }
        return PixelImage(width: size.width, height: size.height) { output in
            pixels.withUnsafeBufferPointer { input in
                var next = 0
                for y in 0..<size.height {
                    // 16 is half of a 32nd, so that the shift below rounds.
                    let rowX = Self.fixed(inverse.b * Double(y) + inverse.tx) + 16
                    let rowY = Self.fixed(inverse.d * Double(y) + inverse.ty) + 16
                    for (columnX, columnY) in columns {
                        interpolate(input, x: (rowX + columnX) >> 5, y: (rowY + columnY) >> 5) {
                            channel, value in
                            output[next + channel] = value
                        }
                        next += 3
                    }
                }
            }
        }
    }

    /// A coordinate in 1024ths, rounded to the nearest, ties to even, and kept
    /// within 32 bits.
    private static func fixed(_ coordinate: Double) -> Int {
        let scaled = (coordinate * 1024).rounded(.toNearestOrEven)
        return Int(max(Double(Int32.min), min(Double(Int32.max), scaled)))
    }

    /// The colour at a position in 32nds of a pixel; outside is black.
    @inline(__always)
    private func interpolate(
        _ input: UnsafeBufferPointer<UInt8>, x: Int, y: Int, _ store: (_ channel: Int, _ value: UInt8) -> Void
    ) {
        let column = x >> 5
        let row = y >> 5
        guard column >= -1 && column < width && row >= -1 && row < height else {
            for channel in 0..<3 { store(channel, 0) }
            return
        }
        let right = x & 31
        let below = y & 31
        let hasLeft = column >= 0
        let hasRight = column + 1 < width
        let hasTop = row >= 0
        let hasBottom = row + 1 < height
        let corner = (row * width + column) * 3
        for channel in 0..<3 {
            let at = corner + channel
            var sum = 512
            if hasTop && hasLeft { sum += Int(input[at]) * (32 - right) * (32 - below) }
            if hasTop && hasRight { sum += Int(input[at + 3]) * right * (32 - below) }
            if hasBottom && hasLeft { sum += Int(input[at + width * 3]) * (32 - right) * below }
            if hasBottom && hasRight { sum += Int(input[at + width * 3 + 3]) * right * below }
            store(channel, UInt8(truncatingIfNeeded: sum >> 10))
        }
    }
}
