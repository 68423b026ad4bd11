public import FoveaBackends
public import FoveaCore
public import FoveaImaging

/// Turns pictures into embeddings with a CLIP image tower.
///
/// ```swift
/// let encoder = try CLIPImageEncoder(session: session, preprocessing: preprocessing, pool: pool)
/// let embedding = try await encoder.embed(image)
/// ```
public struct CLIPImageEncoder: Sendable {
    package let session: any ModelSession
    private let preprocessing: ImagePreprocessing
    private let scale: PixelScale
    private let input: PictureInput
    private let pool: BlockingPool

    /// - Parameters:
    ///   - session: float32 or float16 `[batch, 3, size, size]`, or uint8
    ///     `[batch, size, size, 3]` for a graph that normalises its own input.
    ///     Gives `[batch, dimensions]`, normalised by the graph.
    ///   - pool: where pixels are worked on.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the session is none of these,
    ///   or takes pictures of another size than the preprocessing makes.
    public init(session: any ModelSession, preprocessing: ImagePreprocessing, pool: BlockingPool) throws {
        self.session = session
        self.preprocessing = preprocessing
        self.pool = pool
        scale = preprocessing.scale
        input = try PictureInput(session.inputs, of: "smart search image")
        try input.check(side: preprocessing.size, of: "smart search image")
    }

    /// The picture's embedding, as the graph gives it.
    ///
    /// - Throws: what the session throws.
    public func embed(_ image: PixelImage) async throws -> [Float] {
        let tensor = try await pool.run(.prepare) { prepare(image) }
        let outputs = try await session.run([tensor])
        return try finish(outputs)
    }

    /// The embedding of a picture of which only that is decoded which the
    /// graph looks at.
    ///
    /// - Throws: what decoding and the session throw.
    public func embed(_ file: PictureFile) async throws -> [Float] {
        let image = try await pool.run(.decode) { [preprocessing] in
            // With less than two pixels for each that the graph gets, embeddings
            // stray two to three times as far from the exact ones.
            try file.decode(atLeast: preprocessing.size * 2, region: preprocessing.region(of:))
        }
        return try await embed(image)
    }

    package func prepare(_ image: PixelImage) -> Tensor {
        let square = preprocessing.square(image)
        return input.tensor(
            [square], canvas: ImageSize(width: square.width, height: square.height), count: batch,
            scale: scale)
    }

    package func finish(_ outputs: [Tensor]) throws -> [Float] {
        guard let output = outputs.first else {
            throw FoveaError(.modelInvalid, "The smart search image model has no output.")
        }
        return try output.rows(batch, of: "smart search image")[0]
    }

    /// Graphs that fix a batch are given it; the rows beyond the first are ignored.
    private var batch: Int { input.batch ?? 1 }
}
