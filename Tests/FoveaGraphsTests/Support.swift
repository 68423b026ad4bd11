import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaTesting
import Foundation
import ONNXRuntimeBackend

/// A new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

extension ONNXModel {
    func parsed() throws -> ModelProto { try ModelProto(ByteSlice(Data(encoded()))) }

    func rewritten(_ rewrite: GraphRewrite) throws -> (model: ModelProto, outcome: GraphRewrite.Outcome) {
        var model = try parsed()
        let outcome = try rewrite.apply(to: &model)
        return (model, outcome)
    }

    func session() async throws -> any ModelSession { try await parsed().session() }
}

extension ModelProto {
    /// The model in ONNX Runtime, on the processor.
    func session() async throws -> any ModelSession {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "model.onnx")
            try GraphFile.write(self, to: file)
            return try await ONNXRuntimeBackend().open(file)
        }
    }

    var bytes: [UInt8] { parts.flatMap(\.bytes) }
}

/// Numbers that look random and are the same each time (Steele, Lea, Flood,
/// "Fast splittable pseudorandom number generators", 2014: SplitMix64).
struct Numbers: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// From −1 to 1.
    mutating func floats(_ shape: [Int]) -> Tensor {
        Tensor(shape: shape, (0..<shape.reduce(1, *)).map { _ in Float.random(in: -1...1, using: &self) })
    }
}
