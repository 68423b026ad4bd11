import FoveaBackends
import FoveaCore
import FoveaEngine
import FoveaGraphs
import FoveaModels
import FoveaTesting
import Foundation
import Logging
import ONNXRuntimeBackend
import Testing

/// An image tower that is one matrix product, in ONNX Runtime.
final class QuantizedWorld: Sendable {
    static let id = ModelID(.clip, .visual, name: "a")
    let folder: URL
    let journal = Journal()
    private let graph: Data

    /// - Parameter nodes: from `pixels`, 192 in a row, to `embedding`, 96 in a
    ///   row, by `w`, `[192, 96]`, and `s`, `[192]`.
    init(_ nodes: [ONNXModel.Node]) throws {
        folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        var numbers = SeededNumbers(7)
        var weights = (0..<192 * 96).map { _ in Float.random(in: -1...1, using: &numbers) }
        // The first pixel counts for nothing, whatever it is.
        for column in 0..<96 { weights[column] = 0 }
        let model = ONNXModel(
            inputs: [.init("image", .float32, [1, 3, 8, 8])],
            outputs: [.init("embedding", .float32, [1, 96])],
            nodes: [.init("Flatten", ["image"], ["pixels"])] + nodes,
            initializers: [
                "w": Tensor(shape: [192, 96], weights),
                "s": Tensor(shape: [192], [100_000] + [Float](repeating: 1, count: 191)),
            ])
        graph = Data(model.encoded())
        let part = folder.appending(path: "clip/a/visual")
        try FileManager.default.createDirectory(at: part, withIntermediateDirectories: true)
        try graph.write(to: part.appending(path: "model.onnx"))
        try Data(#"{"size": [8, 8], "mean": [0, 0, 0], "std": [1, 1, 1]}"#.utf8)
            .write(to: part.appending(path: "preprocess_cfg.json"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static let product = ONNXModel.Node("MatMul", ["pixels", "w"], ["embedding"])
    /// What is multiplied has one number so large that the others are rounded to
    /// nothing.
    static let badProduct: [ONNXModel.Node] = [
        .init("Mul", ["pixels", "s"], ["scaled"]), .init("MatMul", ["scaled", "w"], ["embedding"]),
    ]

    var proofs: URL { folder.appending(component: "proofs") }
    private var graphs: URL { folder.appending(component: "graphs") }

    /// Copies on the disk, hidden ones included.
    var copies: [String] { (try? FileManager.default.contentsOfDirectory(atPath: graphs.path)) ?? [] }

    var isUntouched: Bool {
        (try? Data(contentsOf: folder.appending(path: "clip/a/visual/model.onnx"))) == graph
    }

    /// A process.
    func engine(_ candidates: [Candidate] = [.quantized, .reference]) -> Engine {
        var configuration = EngineConfiguration()
        configuration.onEvent = { [journal] event in
            switch event {
            case .tried(_, let device, let passed, _): journal.add("tried \(device): \(passed)")
            case .fellBack: journal.add("fell back")
            default: break
            }
        }
        let devices = DeviceSet(
            plan: { _ in PlacementPlan(candidates) }, proofFolder: proofs, graphFolder: graphs,
            // What adds up in 16 bits on some processors is right on all.
            quantization: .int8Narrow, waitsForProof: true,
            open: { candidate in
                #expect(candidate == .reference, "A copy is no other engine's")
                return try ONNXRuntimeBackend()
            })
        return Engine(
            store: ModelStore(folder: folder), devices: devices, configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// - Returns: the embedding of a picture, and where it was computed.
    func see(_ engine: Engine) async throws -> (vector: [Float], placement: Placement) {
        let picture = try Data(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../../Samples/cat.jpg"))
        let (response, report) = try await engine.predict(
            PredictionRequest(payload: .image([UInt8](picture)), steps: [.clipVisual(model: "a")]))
        return (
            try #require(response.answers[0].answer.embedding), try #require(report.runs.last).placement
        )
    }
}

/// Numbers that look random and are the same each time: a linear congruential
/// generator with Knuth's constants (MMIX).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 32)
    }
}
