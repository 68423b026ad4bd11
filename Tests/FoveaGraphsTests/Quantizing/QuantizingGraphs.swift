import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

/// Matrix products of which Tests/Fixtures/quantizing/record.py knows the
/// quantised form.
enum QuantizingGraphs {
    static let size = 128

    /// `((37 row + 11 column) mod 101 − 50) / 64 · (column mod 5 + 1) / 8`
    static func weight(_ row: Int, _ column: Int) -> Float {
        let whole: Int = (37 * row + 11 * column) % 101 - 50
        let factor: Float = Float(column % 5 + 1) / 8
        return Float(whole) / 64 * factor
    }

    static let weights = Tensor(
        shape: [size, size], (0..<size * size).map { weight($0 / size, $0 % size) })
    static let transposed = Tensor(
        shape: [size, size], (0..<size * size).map { weight($0 % size, $0 / size) })
    static let bias = Tensor(shape: [size], (0..<size).map { Float($0) / 32 })
    /// `((13 place) mod 29 − 9) / 8`, and `((7 place) mod 31 − 11) / 16`.
    static let input: Tensor = {
        var values: [Float] = []
        for place in 0..<size { values.append(Float((13 * place) % 29 - 9) / 8) }
        for place in 0..<size { values.append(Float((7 * place) % 31 - 11) / 16) }
        return Tensor(shape: [2, size], values)
    }()

    static func model(
        _ nodes: [ONNXModel.Node], _ initializers: [String: Tensor], opset: Int64 = 17
    ) -> ONNXModel {
        ONNXModel(
            inputs: [.init("a", .float32, ["n", 128])], outputs: [.init("y", .float32, ["n", 128])],
            nodes: nodes, initializers: initializers, opset: opset)
    }

    static let matMul = model([.init("MatMul", ["a", "w"], ["y"])], ["w": weights])
    static let gemm = model(
        [.init("Gemm", ["a", "w", "c"], ["y"], ["transB": 1])], ["w": transposed, "c": bias])
}

/// A model's file in a folder, and its copy.
struct QuantizedFiles {
    let graph: URL
    let copies: URL

    static func with(_ model: ONNXModel, _ body: (QuantizedFiles) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let graph = folder.appending(path: "source/model.onnx")
            try FileManager.default.createDirectory(
                at: graph.deletingLastPathComponent(), withIntermediateDirectories: true)
            try model.write(to: graph)
            try await body(QuantizedFiles(graph: graph, copies: folder.appending(path: "graphs")))
        }
    }

    func copy(_ rewrite: GraphRewrite = .int8) -> GraphCopies.Copy {
        GraphCopies(folder: copies).copy(of: graph, named: "a", fingerprint: "1", rewrite)
    }

    func made(_ rewrite: GraphRewrite = .int8) throws -> URL {
        guard case .file(let file) = copy(rewrite) else {
            Issue.record("There is no copy: \(copy(rewrite))")
            throw CancellationError()
        }
        return file
    }

    /// What a copy keeps beside its graph.
    static func weights(of copy: URL) throws -> [Int8] {
        try Data(contentsOf: copy.deletingLastPathComponent().appending(path: "model.int8.data"))
            .map { Int8(bitPattern: $0) }
    }
}
