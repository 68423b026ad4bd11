import FoveaCore
import FoveaEngine
import FoveaTesting
import Testing

/// A detector that always finds the same faces, and a recogniser that tells
/// their colour.
@Suite struct TinyFaceTests {
    /// The template of ArcFace at a quarter of its size: a face
    /// of 28 × 28 pixels whose corner is at (0, 0).
    private static let landmarks: [(x: Float, y: Float)] = [
        (38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041),
    ].map { ($0.0 / 4, $0.1 / 4) }

    /// Red up to column 31, then green, then blue, then white: four stripes.
    private let stripes = Bitmap.file(width: 128, height: 128) { x, _ in
        [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]][x / 32]
    }

    /// Scores for the stripes, the best last.
    private static let scores: [Float] = [0.5, 0.6, 0.7, 0.8]

    /// Heads for 128 × 128 with a face in each stripe, found by stride 32: in
    /// its first row of cells, whose centres are at columns 0, 32, 64 and 96.
    private func detector(_ count: Int, hasBatchAxis: Bool = false, side: ONNXModel.Dimension = 128)
        -> ONNXModel
    {
        let (strides, anchors) = count == 6 || count == 9 ? ([8, 16, 32], 2) : ([8, 16, 32, 64, 128], 1)
        let lengths = count == 9 || count == 15 ? [1, 4, 10] : [1, 4]
        let heads = lengths.flatMap { length in
            strides.map { stride -> (name: String, tensor: Tensor) in
                let rows = (128 / stride) * (128 / stride) * anchors
                var values = [Float](repeating: 0, count: rows * length)
                for cell in 0..<4 where stride == 32 {
                    values.replaceSubrange(
                        cell * anchors * length..<(cell * anchors + 1) * length, with: Self.row(cell, length))
                }
                let shape = hasBatchAxis ? [1, rows, length] : [rows, length]
                return ("\(length)-\(stride)", Tensor(shape: shape, values))
            }
        }
        return .constant(heads, inputs: [.init("input.1", .float32, [1, 3, side, side])])
    }

    /// What an anchor says: its score, a box of 30 × 28 pixels from 1 pixel
    /// right of its centre, or landmarks 2 pixels right of and below it.
    private static func row(_ cell: Int, _ length: Int) -> [Float] {
        switch length {
        case 1: [scores[cell]]
        case 4: [-1.0 / 32, 0, 30.0 / 32, 28.0 / 32]
        default: landmarks.flatMap { [($0.x + 2) / 32, ($0.y + 2) / 32] }
        }
    }

    /// Mean of red, green and blue of each face, as the graph is given it.
    private func recognizer(batch: ONNXModel.Dimension) -> ONNXModel {
        ONNXModel(
            inputs: [.init("input.1", .float32, [batch, 3, 112, 112])],
            outputs: [.init("683", .float32, [batch, 3])],
            nodes: [.reduceMean("input.1", axes: [2, 3], to: "683")])
    }

    private func cache(_ graphs: (ModelType, ONNXModel)...) -> TinyCache {
        var cache = TinyCache()
        for (type, graph) in graphs { cache.add(ModelID(.facialRecognition, type, name: "tiny"), graph) }
        return cache
    }

    @Test(arguments: [6, 9, 10, 15], [false, true])
    func detectionAlone(count: Int, hasBatchAxis: Bool) async throws {
        let answer = try await cache((.detection, detector(count, hasBatchAxis: hasBatchAxis)))
            .answer(.image(stripes), .faceDetection(model: "tiny", minScore: 0.6))
        let faces = try #require(answer.detectedFaces)
        #expect(faces.map(\.score) == [0.8, 0.7, 0.6])
        #expect(
            faces.map(\.box) == [96, 64, 32].map { Box(x1: $0 + 1, y1: 0, x2: $0 + 30, y2: 28) })
        #expect(faces.map(\.landmarks.count) == [count, count, count].map { $0 == 9 || $0 == 15 ? 5 : 0 })
    }

    /// A picture of twice the size: boxes and landmarks are twice as large.
    @Test func boxesAreInPixelsOfThePicture() async throws {
        let answer = try await cache((.detection, detector(9)))
            .answer(
                .image(Bitmap.grey(9, width: 256, height: 200)),
                .faceDetection(model: "tiny", minScore: 0.8))
        let face = try #require(answer.detectedFaces?.first)
        #expect(face.box == Box(x1: 194, y1: 0, x2: 252, y2: 56))
        // (38.2946 / 4 + 2 + 96) · 2 = 215.1473
        #expect(abs(face.landmarks[0].x - 215.1473) < 1e-3)
    }

    /// White, blue, green and red in −1…1: the best score first.
    private static let colours: [[Float]] = [[1, 1, 1], [-1, -1, 1], [-1, 1, -1], [1, -1, -1]]

    @Test(arguments: [3, "batch", 1, 8] as [ONNXModel.Dimension])
    func recognition(batch: ONNXModel.Dimension) async throws {
        let answer = try await cache((.detection, detector(9)), (.recognition, recognizer(batch: batch)))
            .answer(
                .image(stripes), .faceDetection(model: "tiny", minScore: 0.1),
                .faceRecognition(model: "tiny"),
                configuration: EngineConfiguration(faceBatchSize: 3))
        let faces = try #require(answer.faces)
        #expect(faces.map(\.face.score) == [0.8, 0.7, 0.6, 0.5])
        for (face, colour) in zip(faces, Self.colours) {
            #expect(face.embedding.count == 3)
            #expect(zip(face.embedding, colour).allSatisfy { abs($0 - $1) < 1e-5 }, "\(face.embedding)")
        }
    }

    @Test func noFacesAreNobody() async throws {
        let answer = try await cache((.detection, detector(9)), (.recognition, recognizer(batch: "batch")))
            .answer(
                .image(stripes), .faceDetection(model: "tiny", minScore: 0.9), .faceRecognition(model: "tiny")
            )
        #expect(try #require(answer.faces).isEmpty)
    }

    @Test(arguments: [6, 10])
    func recognitionNeedsLandmarks(count: Int) async throws {
        let cache = cache((.detection, detector(count)), (.recognition, recognizer(batch: "batch")))
        await #expect {
            try await cache.answer(
                .image(stripes), .faceDetection(model: "tiny", minScore: 0.1), .faceRecognition(model: "tiny")
            )
        } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    /// Graphs of free size are given 640 × 640, for which these heads are too few.
    @Test func headsThatDoNotFitAreTold() async throws {
        let cache = cache((.detection, detector(9, side: "side")))
        await #expect { try await cache.answer(.image(stripes), .faceDetection(model: "tiny")) } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }
}
