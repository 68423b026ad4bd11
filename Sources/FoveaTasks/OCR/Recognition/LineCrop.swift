package import FoveaCore
import FoveaImaging

/// The straightened picture of one line of text, before it is made.
package struct LineCrop: Sendable, Hashable {
    /// The line's corners in the picture.
    private let corners: [Point]
    /// Size of the line as it lies in the picture.
    private let size: ImageSize
    /// Whether the line runs from top to bottom, so that its picture is turned
    /// to the left.
    package let isUpright: Bool

    /// Height over width from which a line is taken to run from top to bottom.
    private static let uprightRatio = 1.5

    /// - Returns: `nil` where the corners are not those of a part of the
    ///   picture that has a pixel.
    package init?(_ line: DetectedText, in image: ImageSize) {
        let corners = line.corners
        let (right, bottom) = (Float(image.width), Float(image.height))
        guard corners.count == 4,
            corners.allSatisfy({ $0.x >= 0 && $0.x <= right && $0.y >= 0 && $0.y <= bottom })
        else { return nil }
        func edge(_ a: Int, _ b: Int) -> Float {
            let (dx, dy) = (corners[a].x - corners[b].x, corners[a].y - corners[b].y)
            return (dx * dx + dy * dy).squareRoot()
        }
        let width = Int(max(edge(0, 1), edge(2, 3)))
        let height = Int(max(edge(0, 3), edge(1, 2)))
        // Four corners crosswise can ask for far more pixels than there are.
        guard width >= 1, height >= 1, width * height <= 4 * image.width * image.height + 4096 else {
            return nil
        }
        self.corners = corners
        size = ImageSize(width: width, height: height)
        isUpright = Double(height) / Double(width) >= Self.uprightRatio
    }

    /// Width over height of the straightened picture.
    package var ratio: Double {
        let (width, height) = (Double(size.width), Double(size.height))
        return isUpright ? height / width : width / height
    }

    /// Cuts the line out and straightens it; `nil` where the corners span no
    /// area.
    package func pixels(of image: PixelImage) -> PixelImage? {
        let (width, height) = (Double(size.width), Double(size.height))
        let rectangle = [(0, 0), (width, 0), (width, height), (0, height)]
        guard
            let coefficients = PerspectiveCoefficients(
                from: rectangle, to: corners.map { (Double($0.x), Double($0.y)) })
        else { return nil }
        let straight = image.perspectiveWarped(coefficients.values, to: size)
        return isUpright ? straight.rotatedCounterclockwise() : straight
    }
}
