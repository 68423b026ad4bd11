import CPixelKernels
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
        return PixelImage(width: size.width, height: size.height) { output in
            guard let start = output.baseAddress else { return }
            for row in 0..<size.height {
                fovea_warp_row(
                    pixels, width, height, coefficients, Double(row) + 0.5, size.width,
                    start + row * size.width * 3)
            }
        }
    }
}
