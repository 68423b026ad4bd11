public import FoveaBackends
public import FoveaCore
import FoveaImaging

/// Finds faces in a picture with an SCRFD model.
///
/// ```swift
/// let detector = try FaceDetector(session: session, pool: pool)
/// let faces = try await detector.detect(in: image, minScore: 0.7)
/// ```
///
/// Guo et al., "Sample and Computation Redistribution for Efficient Face
/// Detection", 2021 (arXiv:2105.04714).
public struct FaceDetector: Sendable {
    package let session: any ModelSession
    private let pool: BlockingPool
    private let input: PictureInput
    private let layout: SCRFDLayout

    /// - Parameters:
    ///   - session: float32 or float16 `[1, 3, height, width]`, or uint8
    ///     `[1, height, width, 3]` for a graph that normalises its own input.
    ///     Gives 6, 9, 10 or 15 heads: see ``SCRFDLayout``.
    ///   - pool: where pixels and boxes are worked on.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the session is none of these.
    public init(session: any ModelSession, pool: BlockingPool) throws {
        self.session = session
        self.pool = pool
        input = try PictureInput(session.inputs, of: "face detection")
        layout = try SCRFDLayout(outputCount: session.outputs.count)
        guard input.batch ?? 1 == 1 else {
            throw FoveaError(
                .modelInvalid,
                """
                The face detection model takes \(input.batch ?? 1) pictures at once instead of one: install the \
                model.onnx that belongs to it.
                """)
        }
    }

    /// Finds the faces.
    ///
    /// - Parameter minScore: faces that score less are dropped, 0…1.
    /// - Returns: best score first. Boxes in whole pixels of the picture; they
    ///   may reach beyond it.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the model's heads do not
    ///   fit its input, ``FoveaError/Code/engineFailed`` if an accelerator gives
    ///   faces without extent, and what the session throws.
    public func detect(in image: PixelImage, minScore: Float) async throws -> [DetectedFace] {
        let letterbox = Letterbox(
            of: ImageSize(width: image.width, height: image.height),
            on: ImageSize(
                width: input.width ?? Self.freeInputSide, height: input.height ?? Self.freeInputSide))
        let tensor = try await pool.run(.prepare) { prepare(image, letterbox) }
        let outputs = try await session.run([tensor])
        return try await pool.run(.finish) { try finish(outputs, letterbox, minScore: minScore) }
    }

    package func prepare(_ image: PixelImage, _ letterbox: Letterbox) -> Tensor {
        let canvas = image.letterboxed(newSize: letterbox.content, canvas: letterbox.canvas)
        return input.tensor([canvas], canvas: letterbox.canvas, count: 1, scale: Self.scale)
    }

    package func finish(
        _ outputs: [Tensor], _ letterbox: Letterbox, minScore: Float
    ) throws -> [DetectedFace] {
        let found = try layout.faces(in: outputs, canvas: letterbox.canvas, minScore: minScore)
        let candidates = found.filter { $0.box.x2 > $0.box.x1 && $0.box.y2 > $0.box.y1 }
        // An accelerator that scores faces and gives them no extent computes
        // nonsense (immich-app/immich#29756); clients would store it for good.
        guard candidates.count == found.count || session.placement.device == Device.cpu.description else {
            throw FoveaError(
                .engineFailed,
                """
                The face detection model gave faces without extent on \(session.placement.device). Its driver or \
                its engine is at fault: 'fovea verify' shows what else differs.
                """)
        }
        return NonMaximumSuppression.kept(of: candidates.map { $0.scaled(by: 1 / letterbox.scale) })
            .map(\.roundedToPixels)
    }

    /// Side of the square that graphs of free size are given, in pixels.
    private static let freeInputSide = 640
    private static let scale = PixelScale(mean: 127.5, deviation: 128)
}

extension DetectedFace {
    fileprivate func scaled(by factor: Float) -> DetectedFace {
        DetectedFace(
            box: Box(x1: box.x1 * factor, y1: box.y1 * factor, x2: box.x2 * factor, y2: box.y2 * factor),
            score: score, landmarks: landmarks.map { Point(x: $0.x * factor, y: $0.y * factor) })
    }

    /// Halves go to the even neighbour, as in the reference.
    fileprivate var roundedToPixels: DetectedFace {
        func whole(_ value: Float) -> Float { value.rounded(.toNearestOrEven) }
        return DetectedFace(
            box: Box(x1: whole(box.x1), y1: whole(box.y1), x2: whole(box.x2), y2: whole(box.y2)),
            score: score, landmarks: landmarks)
    }
}
