package import FoveaCore
package import FoveaImaging

/// Turns, scales and moves a face so that eyes, nose and mouth are where
/// recognition models expect them.
package enum FaceAlignment {
    /// Width and height of an aligned face, in pixels.
    package static let side = 112

    /// Where the landmarks belong: ArcFace's template.
    ///
    /// Deng et al., "ArcFace: Additive Angular Margin Loss for Deep Face
    /// Recognition", 2018 (arXiv:1801.07698).
    package static let template = [
        Point(x: 38.2946, y: 51.6963), Point(x: 73.5318, y: 51.5014), Point(x: 56.0252, y: 71.7366),
        Point(x: 41.5493, y: 92.3655), Point(x: 70.7299, y: 92.2041),
    ]

    /// The rotation, uniform scale and shift that bring the landmarks closest
    /// to the template, in the sense of least squares.
    ///
    /// In the plane Umeyama's method ("Least-squares estimation of
    /// transformation parameters between two point patterns", 1991) has this
    /// closed form.
    /// - Returns: `nil` if the landmarks are all in one place, or no numbers.
    package static func transform(of landmarks: [Point]) -> AffineTransform2D? {
        guard landmarks.count == template.count else { return nil }
        let source = centered(landmarks)
        let target = centered(template)
        var cosine = 0.0
        var sine = 0.0
        var variance = 0.0
        for (s, t) in zip(source.points, target.points) {
            cosine += s.x * t.x + s.y * t.y
            sine += s.x * t.y - s.y * t.x
            variance += s.x * s.x + s.y * s.y
        }
        guard variance > 0, variance.isFinite else { return nil }
        let (a, b) = (cosine / variance, sine / variance)
        guard a * a + b * b > 0 else { return nil }
        // The reference hands the matrix on in float32.
        func single(_ value: Double) -> Double { Double(Float(value)) }
        return AffineTransform2D(
            a: single(a), b: single(-b), tx: single(target.mean.x - a * source.mean.x + b * source.mean.y),
            c: single(b), d: single(a), ty: single(target.mean.y - b * source.mean.x - a * source.mean.y))
    }

    /// The aligned face; black if its landmarks are all in one place.
    package static func crop(_ face: DetectedFace, from image: PixelImage) -> PixelImage {
        let size = ImageSize(width: side, height: side)
        guard let transform = transform(of: face.landmarks) else {
            return PixelImage(width: side, height: side) { $0.initialize(repeating: 0) }
        }
        return image.warped(by: transform, to: size)
    }

    private typealias Vector = (x: Double, y: Double)

    private static func centered(_ points: [Point]) -> (points: [Vector], mean: Vector) {
        let count = Double(points.count)
        let mean = (
            x: points.reduce(0) { $0 + Double($1.x) } / count,
            y: points.reduce(0) { $0 + Double($1.y) } / count
        )
        return (points.map { (Double($0.x) - mean.x, Double($0.y) - mean.y) }, mean)
    }
}
