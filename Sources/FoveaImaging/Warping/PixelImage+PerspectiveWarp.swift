public import FoveaCore

extension PixelImage {
    /// Pillow's `Image.transform(size, PERSPECTIVE, coefficients, BICUBIC)`,
    /// bit for bit.
    ///
    /// The centre (x, y) of each output pixel is looked up in this picture at
    /// `((a x + b y + c) / (g x + h y + 1), (d x + e y + f) / (g x + h y + 1))`
    /// by cubic convolution with a = -1 in double precision; outside is black.
    ///
    /// - Parameters:
    ///   - coefficients: the eight numbers a…h.
    ///   - size: of the result; at least one pixel.
    public func perspectiveWarped(_ coefficients: [Double], to size: ImageSize) -> PixelImage {
        precondition(coefficients.count == 8, "A perspective has 8 coefficients, not \(coefficients.count)")
        let k = coefficients
        return PixelImage(width: size.width, height: size.height) { output in
            pixels.withUnsafeBufferPointer { input in
                var next = 0
                for row in 0..<size.height {
                    for column in 0..<size.width {
                        let x = Double(column) + 0.5
                        let y = Double(row) + 0.5
                        let depth = k[6] * x + k[7] * y + 1
                        sampleCubic(
                            input, x: (k[0] * x + k[1] * y + k[2]) / depth,
                            y: (k[3] * x + k[4] * y + k[5]) / depth
                        ) { channel, value in
                            output[next + channel] = value
                        }
                        next += 3
                    }
                }
            }
        }
    }

    /// The colour at a position, where (0, 0) is the picture's corner.
    @inline(__always)
    private func sampleCubic(
        _ input: UnsafeBufferPointer<UInt8>, x: Double, y: Double,
        _ store: (_ channel: Int, _ value: UInt8) -> Void
    ) {
        // Written so that NaN counts as outside.
        guard x >= 0 && x < Double(width) && y >= 0 && y < Double(height) else {
            for channel in 0..<3 { store(channel, 0) }
            return
        }
        let left = (x - 0.5).rounded(.down)
        let top = (y - 0.5).rounded(.down)
        let dx = x - 0.5 - left
        let dy = y - 0.5 - top
        let column = Int(left)
        let row = Int(top)
        // Rows and columns beyond the edge repeat the edge.
        func offset(_ i: Int) -> Int { min(max(column + i, 0), width - 1) * 3 }
        func line(_ i: Int) -> Int { min(max(row + i, 0), height - 1) * width * 3 }
        let (x0, x1, x2, x3) = (offset(-1), offset(0), offset(1), offset(2))
        for channel in 0..<3 {
            func across(_ i: Int) -> Double {
                let start = line(i) + channel
                return Self.cubic(
                    Double(input[start + x0]), Double(input[start + x1]), Double(input[start + x2]),
                    Double(input[start + x3]), dx)
            }
            let value = Self.cubic(across(-1), across(0), across(1), across(2), dy)
            store(channel, UInt8(max(0, min(255, value))))
        }
    }

    /// Cubic convolution with a = -1 between `v1` and `v2`.
    @inline(__always)
    private static func cubic(_ v0: Double, _ v1: Double, _ v2: Double, _ v3: Double, _ t: Double) -> Double {
        let linear = v2 - v0
        let square = 2 * (v0 - v1) + v2 - v3
        let cube = v1 - v0 - v2 + v3
        return v1 + t * (linear + t * (square + t * cube))
    }
}
