public import FoveaCore

/// A rectangle of whole pixels.
public struct PixelRegion: Sendable, Hashable {
    /// Left and top edge.
    public var x, y: Int
    /// Extent in pixels.
    public var width, height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// All of a picture.
    public init(whole size: ImageSize) {
        self.init(x: 0, y: 0, width: size.width, height: size.height)
    }

    init(columns: Range<Int>, rows: Range<Int>) {
        self.init(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
    }

    var columns: Range<Int> { x..<(x + width) }
    var rows: Range<Int> { y..<(y + height) }

    /// Whether `other` has pixels and all of them are in this region.
    func contains(_ other: PixelRegion) -> Bool {
        other.width > 0 && other.height > 0 && other.x >= x && other.y >= y
            && other.width <= x + width - other.x && other.height <= y + height - other.y
    }
}

extension PixelImage {
    /// A part of the picture.
    ///
    /// - Parameter region: inside the picture, at least one pixel.
    public func cropped(to region: PixelRegion) -> PixelImage {
        let whole = PixelRegion(whole: ImageSize(width: width, height: height))
        precondition(whole.contains(region), "\(region) is not inside a picture of \(width)x\(height)")
        if region == whole { return self }
        return PixelImage(width: region.width, height: region.height) { output in
            pixels.withUnsafeBufferPointer { input in
                for row in 0..<region.height {
                    let start = ((region.y + row) * width + region.x) * 3
                    let part = UnsafeBufferPointer(rebasing: input[start..<(start + region.width * 3)])
                    _ = UnsafeMutableBufferPointer(
                        rebasing: output[(row * region.width * 3)..<((row + 1) * region.width * 3)]
                    ).initialize(fromContentsOf: part)
                }
            }
        }
    }

    /// A quarter turn counter-clockwise: the right edge becomes the top edge.
    public func rotatedCounterclockwise() -> PixelImage {
        PixelImage(width: height, height: width) { output in
            for y in 0..<width {
                for x in 0..<height {
                    let from = (x * width + (width - 1 - y)) * 3
                    let to = (y * height + x) * 3
                    for channel in 0..<3 { output[to + channel] = pixels[from + channel] }
                }
            }
        }
    }
}
