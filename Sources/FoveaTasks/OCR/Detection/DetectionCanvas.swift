package import FoveaCore

/// How large a picture is when the text detector sees it.
package struct DetectionCanvas: Sendable, Hashable {
    /// The graph's input.
    package let size: ImageSize
    /// The part of it that the picture fills, from the upper left corner.
    package let content: ImageSize

    /// Sides shorter than this have no text.
    package static let minSide = 32
    /// What the graph halves the sides to and doubles them from again.
    package static let multiple = 32
    /// The most pixels a detector is given.
    ///
    /// The short side is limited by the client and the long one by nothing, so
    /// that a panorama or a large `maxResolution` could ask for any amount of
    /// memory. A 4K picture (3840 × 2160) still runs at its full size, and
    /// with the usual 736 pixels on the short side so does a strip 15 times as
    /// long as it is high. Larger ones are scaled down to this many pixels.
    package static let maxPixels = 1 << 23

    /// - Parameters:
    ///   - image: both sides at least ``minSide``.
    ///   - maxResolution: what the short side is reduced to, at most; at
    ///     least 1. Nothing is enlarged.
    ///   - width: the graph's input width, where it takes only one; `height`
    ///     likewise.
    package init(for image: ImageSize, maxResolution: Int, width: Int? = nil, height: Int? = nil) {
        let (imageWidth, imageHeight) = (Double(image.width), Double(image.height))
        var ratio = min(Double(maxResolution) / min(imageWidth, imageHeight), 1)
        let pixels = imageWidth * ratio * imageHeight * ratio
        if pixels > Double(Self.maxPixels) { ratio *= (Double(Self.maxPixels) / pixels).squareRoot() }
        if let width { ratio = min(ratio, Double(width) / imageWidth) }
        if let height { ratio = min(ratio, Double(height) / imageHeight) }
        func side(_ length: Double, within fixed: Int?) -> Int {
            let blocks = (length * ratio / Double(Self.multiple)).rounded(.toNearestOrEven)
            return min(max(Int(blocks), 1) * Self.multiple, fixed ?? .max)
        }
        content = ImageSize(width: side(imageWidth, within: width), height: side(imageHeight, within: height))
        size = ImageSize(width: width ?? content.width, height: height ?? content.height)
    }

    /// - Parameter size: of a picture that leaves none of its canvas free.
    package init(filledBy size: ImageSize) { self.init(size: size, content: size) }

    /// The same picture on the canvas of a ladder that holds it.
    package func enlarged(to ladder: CanvasLadder) -> DetectionCanvas {
        DetectionCanvas(size: ladder.size(holding: content), content: content)
    }

    private init(size: ImageSize, content: ImageSize) {
        self.size = size
        self.content = content
    }
}
