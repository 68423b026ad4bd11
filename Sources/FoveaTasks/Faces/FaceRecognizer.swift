public import FoveaBackends
public import FoveaCore
import FoveaImaging

/// Turns faces into vectors that tell whose they are, with an ArcFace model.
///
/// ```swift
/// let recognizer = try FaceRecognizer(session: session, pool: pool, maxBatchSize: 4)
/// let people = try await recognizer.recognize(faces, in: image)
/// ```
public struct FaceRecognizer: Sendable {
    package let session: any ModelSession
    private let pool: BlockingPool
    private let input: PictureInput
    private let batchSize: Int

    /// - Parameters:
    ///   - session: float32 or float16 `[batch, 3, 112, 112]`, or uint8
    ///     `[batch, 112, 112, 3]` for a graph that normalises its own input.
    ///     Gives `[batch, dimensions]`. A batch that the graph fixes is kept to.
    ///   - pool: where pixels are worked on.
    ///   - maxBatchSize: faces in one run, at most.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the session is none of these.
    public init(session: any ModelSession, pool: BlockingPool, maxBatchSize: Int) throws {
        self.session = session
        self.pool = pool
        input = try PictureInput(session.inputs, of: "face recognition")
        try input.check(side: FaceAlignment.side, of: "face recognition")
        batchSize = input.batch ?? max(1, maxBatchSize)
    }

    /// Recognises all faces of a picture, in bounded batches.
    ///
    /// - Parameter faces: as the detector found them in `image`, with landmarks.
    /// - Returns: the faces in their order, with embeddings as the graph gives
    ///   them.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the faces have no
    ///   landmarks, and what the session throws.
    public func recognize(_ faces: [DetectedFace], in image: PixelImage) async throws -> [RecognizedFace] {
        guard faces.allSatisfy({ $0.landmarks.count == FaceAlignment.template.count }) else {
            throw FoveaError(
                .modelInvalid,
                """
                The face detection model gives no landmarks, which recognition needs to align faces: use a \
                detection model with 9 or 15 outputs.
                """)
        }
        var recognized: [RecognizedFace] = []
        for batch in batches(of: faces) {
            let tensor = try await pool.run(.prepare) { prepare(batch, in: image) }
            recognized += try finish(try await session.run([tensor]), of: batch)
        }
        return recognized
    }

    /// Shapes of the graph's input, all that ``recognize(_:in:)`` uses where
    /// each new one costs a compilation.
    ///
    /// - Parameter maxResolution: has no effect on faces, which all have the
    ///   same size.
    package func warmUpShapes(maxResolution: Int) -> [[Int]] {
        let side = FaceAlignment.side
        return (input.batch == nil && batchSize > 1 ? [1, batchSize] : [batchSize])
            .map { input.shape(count: $0, canvas: ImageSize(width: side, height: side)) }
    }

    /// The faces of each run: as many as can be together, the rest together as
    /// well, or one by one where a batch of another size would have to be
    /// compiled.
    private func batches(of faces: [DetectedFace]) -> [[DetectedFace]] {
        let areFew = session.shapes == .few && input.batch == nil
        let full = faces.count / batchSize * batchSize
        return stride(from: 0, to: full, by: batchSize).map { Array(faces[$0..<($0 + batchSize)]) }
            + (areFew
                ? faces[full...].map { [$0] } : full < faces.count ? [Array(faces[full...])] : [])
    }

    package func prepare(_ faces: [DetectedFace], in image: PixelImage) -> Tensor {
        let side = FaceAlignment.side
        return input.tensor(
            faces.map { FaceAlignment.crop($0, from: image) }, canvas: ImageSize(width: side, height: side),
            count: rowCount(faces), scale: Self.scale)
    }

    package func finish(_ outputs: [Tensor], of faces: [DetectedFace]) throws -> [RecognizedFace] {
        guard let output = outputs.first else {
            throw FoveaError(.modelInvalid, "The face recognition model has no output.")
        }
        let rows = try output.rows(rowCount(faces), of: "face recognition")
        return zip(faces, rows).map { RecognizedFace(face: $0, embedding: $1) }
    }

    private func rowCount(_ faces: [DetectedFace]) -> Int { input.batch ?? faces.count }

    private static let scale = PixelScale(mean: 127.5, deviation: 127.5)
}
