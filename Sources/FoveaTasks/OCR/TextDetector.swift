public import FoveaBackends
public import FoveaCore
import FoveaImaging

/// Finds lines of text in a picture with a PP-OCR detection model.
///
/// ```swift
/// let detector = try TextDetector(session: session, pool: pool)
/// let lines = try await detector.detect(in: image, minScore: 0.5, maxResolution: 736)
/// ```
public struct TextDetector: Sendable {
    private let session: any ModelSession
    private let pool: BlockingPool
    private let input: PictureInput

    /// - Parameters:
    ///   - session: float32 or float16 `[1, 3, height, width]`, or uint8
    ///     `[1, height, width, 3]` for a graph that normalises its own input;
    ///     gives `[1, 1, height, width]`, 0…1. A height and a width that the
    ///     graph fixes are kept to.
    ///   - pool: where pixels and contours are worked on.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the session is none of these.
    public init(session: any ModelSession, pool: BlockingPool) throws {
        self.session = session
        self.pool = pool
        input = try PictureInput(session.inputs, of: "text detection")
        guard input.batch ?? 1 == 1 else {
            throw FoveaError(
                .modelInvalid,
                """
                The text detection model takes \(input.batch ?? 1) pictures at once instead of one: \
                install the model.onnx that belongs to it.
                """)
        }
    }

    /// Finds the lines of text.
    ///
    /// - Parameters:
    ///   - minScore: lines that score less are dropped, 0…1.
    ///   - maxResolution: the picture is scaled down to this many pixels on
    ///     its short side, where it has more; at least 1. The long side may
    ///     have any length, up to 8.4 million pixels in all.
    /// - Returns: the lines in reading order, their corners in whole pixels
    ///   inside the picture; none for a picture with a side under 32 pixels.
    /// - Throws: ``FoveaError/Code/invalidRequest`` for a `maxResolution` under
    ///   1, ``FoveaError/Code/modelInvalid`` if the model gives no map, and
    ///   what the session throws.
    public func detect(in image: PixelImage, minScore: Float, maxResolution: Int) async throws
        -> [DetectedText]
    {
        guard maxResolution >= 1 else {
            throw FoveaError(.invalidRequest, "maxResolution is \(maxResolution): it must be at least 1.")
        }
        guard min(image.width, image.height) >= DetectionCanvas.minSide else { return [] }
        let imageSize = ImageSize(width: image.width, height: image.height)
        let canvas = DetectionCanvas(
            for: imageSize, maxResolution: maxResolution, width: input.width, height: input.height)
        let tensor = try await pool.run(.prepare) { [input] in
            let content = image.resized(to: canvas.content, filter: .lanczos)
            return input.tensor([content], canvas: canvas.size, count: 1, scale: .paddleOCR)
        }
        let outputs = try await session.run([tensor])
        return try await pool.run(.finish) {
            guard let output = outputs.first else {
                throw FoveaError(.modelInvalid, "The text detection model has no output.")
            }
            return try ProbabilityMap(output, on: canvas).textLines(minScore: minScore, in: imageSize)
                .inReadingOrder()
        }
    }
}
