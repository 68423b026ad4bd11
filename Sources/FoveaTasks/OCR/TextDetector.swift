public import FoveaBackends
public import FoveaCore
import FoveaImaging

/// Finds lines of text in a picture with a PP-OCR detection model.
///
/// ```swift
/// let detector = try TextDetector(session: session, pool: pool)
/// let lines = try await detector.detect(in: image, minScore: 0.5, maxResolution: 736)
/// ```
///
/// Where each new shape costs the session a compilation, pictures share the
/// canvases of a short list. Those of most cameras and screens fill theirs and
/// have the same answer as on a canvas of their own; so have the others where
/// the graph takes a mask.
public struct TextDetector: Sendable {
    package let session: any ModelSession
    private let pool: BlockingPool
    private let input: PictureInput
    /// Which of the session's inputs is the mask, where it takes one.
    private let maskIndex: Int?

    /// - Parameters:
    ///   - session: float32 or float16 `[1, 3, height, width]`, or uint8
    ///     `[1, height, width, 3]` for a graph that normalises its own input;
    ///     gives `[1, 1, height, width]`, 0…1. A height and a width that the
    ///     graph fixes are kept to. It may have a second input, `mask`, float32
    ///     `[1, 1, height, width]`: 1 where the picture is, 0 beside it.
    ///   - pool: where pixels and contours are worked on.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the session is none of these.
    public init(session: any ModelSession, pool: BlockingPool) throws {
        self.session = session
        self.pool = pool
        let mask = session.inputs.firstIndex(where: Self.isMask)
        maskIndex = mask
        input = try PictureInput(
            session.inputs.enumerated().filter { $0.offset != mask }.map(\.element), of: "text detection")
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
        let canvas = canvas(for: imageSize, maxResolution: maxResolution)
        // Of all that could lie beside a picture, its own edges change the answer
        // least: they lost or made up 9 of 192 lines on samples and parts of
        // them, the mirrored picture 16, black 23, white 41, middle grey 42.
        // A graph that takes a mask sees none of it.
        let extendsEdges = session.shapes == .few && maskIndex == nil
        let tensor = try await pool.run(.prepare) { [input] in
            var content = image.resized(to: canvas.content, filter: .lanczos)
            if extendsEdges { content = content.extended(to: canvas.size) }
            return input.tensor([content], canvas: canvas.size, count: 1, scale: .paddleOCR)
        }
        let outputs = try await session.run(inputs(tensor, canvas))
        return try await pool.run(.finish) {
            guard let output = outputs.first else {
                throw FoveaError(.modelInvalid, "The text detection model has no output.")
            }
            return try ProbabilityMap(output, on: canvas).textLines(minScore: minScore, in: imageSize)
                .inReadingOrder()
        }
    }

    /// Shapes of the graph's input that ``detect(in:minScore:maxResolution:)``
    /// uses for photos and screens where each new one costs a compilation,
    /// those of large pictures first. Strips have others.
    package func warmUpShapes(maxResolution: Int) -> [[Int]] {
        let sizes: [ImageSize]
        if let width = input.width, let height = input.height {
            sizes = [ImageSize(width: width, height: height)]
        } else {
            sizes = CanvasLadder(maxResolution: max(1, maxResolution)).commonSizes
        }
        return sizes.map { input.shape(count: 1, canvas: $0) }
    }

    /// Inputs for a run with a shape of ``warmUpShapes(maxResolution:)``.
    package func warmUpInputs(_ picture: Tensor) -> [Tensor] {
        let sides = input.layout == .planar ? picture.shape.suffix(2) : picture.shape[1...2]
        let size = ImageSize(width: sides[sides.startIndex + 1], height: sides[sides.startIndex])
        return inputs(picture, DetectionCanvas(filledBy: size))
    }

    /// The session's inputs for a picture on its canvas.
    private func inputs(_ picture: Tensor, _ canvas: DetectionCanvas) -> [Tensor] {
        guard let maskIndex else { return [picture] }
        let (size, content) = (canvas.size, canvas.content)
        let mask = Tensor(shape: [1, 1, size.height, size.width]) {
            (values: UnsafeMutableBufferPointer<Float>) in
            values.initialize(repeating: 0)
            for y in 0..<content.height {
                let row = y * size.width
                values[row..<row + content.width].update(repeating: 1)
            }
        }
        var inputs = [picture]
        inputs.insert(mask, at: maskIndex)
        return inputs
    }

    private static func isMask(_ info: TensorInfo) -> Bool {
        info.name == "mask" && info.elementType == .float32 && info.shape.count == 4 && info.shape[1] == 1
    }

    /// One of the picture's own, or of few where each new size costs a
    /// compilation. A graph that fixes a side is given no other.
    private func canvas(for image: ImageSize, maxResolution: Int) -> DetectionCanvas {
        let canvas = DetectionCanvas(
            for: image, maxResolution: maxResolution, width: input.width, height: input.height)
        guard session.shapes == .few, input.width == nil, input.height == nil else { return canvas }
        return canvas.enlarged(to: CanvasLadder(maxResolution: maxResolution))
    }
}
