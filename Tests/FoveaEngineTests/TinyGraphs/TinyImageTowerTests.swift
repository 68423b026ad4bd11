import FoveaCore
import FoveaEngine
import FoveaTesting
import Testing

/// Image towers whose embedding is the input itself, so that it shows what the
/// graph was given.
@Suite struct TinyImageTowerTests {
    private let id = ModelID(.clip, .visual, name: "tiny")

    /// Columns of 10, 30, 50 and 70 in red, twice that in blue, two rows.
    private let columns = Bitmap.file(width: 4, height: 2) { x, _ in
        [UInt8(10 + 20 * x), 0, UInt8(20 + 40 * x)]
    }

    /// `image` as floats, laid out in one row.
    private func tower(
        _ type: ONNXModel.DataType, _ shape: [ONNXModel.Dimension], output: ONNXModel.DataType = .float32
    ) -> ONNXModel {
        ONNXModel(
            inputs: [.init("image", type, shape)], outputs: [.init("embedding", output, [1, "n"])],
            nodes: [.cast("image", as: output, to: "values"), .init("Flatten", ["values"], ["embedding"])])
    }

    private func configuration(_ more: String = "") -> [String: String] {
        [
            "preprocess_cfg.json":
                #"{"size":[2,2],"mean":[0,0,0],"std":[1,1,0.5],"interpolation":"box"\#(more)}"#
        ]
    }

    private func embed(
        _ graph: ONNXModel, _ files: [String: String], tolerance: Float = 1e-6, _ expected: [Float]
    ) async throws {
        var cache = TinyCache()
        cache.add(id, graph, files)
        let embedding = try #require(
            try await cache.answer(.image(columns), .clipVisual(model: "tiny")).embedding)
        #expect(embedding.count == expected.count)
        #expect(zip(embedding, expected).allSatisfy { abs($0 - $1) <= tolerance }, "\(embedding)")
    }

    /// Red, green and blue planes of the columns 30 and 50; blue divided by ½.
    @Test func theMiddleIsTaken() async throws {
        try await embed(
            tower(.float32, [1, 3, 2, 2]), configuration(),
            [30, 50, 30, 50, 0, 0, 0, 0, 120, 200, 120, 200].map { $0 / 255 })
    }

    /// Means of the columns 10 and 30, and of 50 and 70.
    @Test func squashingTakesAll() async throws {
        try await embed(
            tower(.float32, [1, 3, 2, 2]), configuration(#","resize_mode":"squash""#),
            [20, 60, 20, 60, 0, 0, 0, 0, 80, 240, 80, 240].map { $0 / 255 })
    }

    /// The graph normalises its own input.
    @Test func bytesGraphsGetTheBytes() async throws {
        try await embed(
            tower(.uint8, [1, 2, 2, 3]), configuration(), [30, 0, 60, 50, 0, 100, 30, 0, 60, 50, 0, 100])
    }

    /// Bytes up to 2048 are exact in a half.
    @Test func halfFloatAnswersAreRead() async throws {
        try await embed(
            tower(.uint8, [1, 2, 2, 3], output: .float16), configuration(), tolerance: 0,
            [30, 0, 60, 50, 0, 100, 30, 0, 60, 50, 0, 100])
    }

    /// A half below 1 has steps of at most 2⁻¹¹, of which rounding leaves half.
    @Test func halfFloatGraphs() async throws {
        try await embed(
            tower(.float16, ["batch", 3, "height", "width"], output: .float16), configuration(),
            tolerance: 0x1p-12, [30, 50, 30, 50, 0, 0, 0, 0, 120, 200, 120, 200].map { $0 / 255 })
    }

    /// Three rows of which the last two hold no picture.
    @Test func aFixedBatchIsGiven() async throws {
        try await embed(
            tower(.float32, [3, 3, 2, 2]), configuration(),
            [30, 50, 30, 50, 0, 0, 0, 0, 120, 200, 120, 200].map { $0 / 255 })
    }
}
