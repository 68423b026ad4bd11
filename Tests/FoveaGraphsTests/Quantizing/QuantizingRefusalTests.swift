import FoveaCore
import FoveaGraphs
import FoveaTesting
import Foundation
import Testing

/// Products that cannot be quantised stay as they are, and graphs without any
/// other have no copy.
@Suite struct QuantizingRefusalTests {
    private static let none = "it has no matrix product with float32 weights that are many enough"
    private static let w = QuantizingGraphs.weights

    private func reason(_ model: ONNXModel) async throws -> String {
        var reason = ""
        try await QuantizedFiles.with(model) { files in
            guard case .none(let text) = files.copy() else { return }
            reason = text
            #expect(!FileManager.default.fileExists(atPath: files.copies.path))
        }
        return reason
    }

    @Test(
        arguments: [
            .init("Gemm", ["a", "w"], ["y"], ["transA": 1]),
            .init("Gemm", ["a", "w"], ["y"], ["alpha": 0.5]),
            .init("Gemm", ["a", "w", "w"], ["y"], ["beta": 2.0]), .init("MatMul", ["w", "a"], ["y"]),
            .init("MatMul", ["a", "a"], ["y"]), .init("Add", ["a", "w"], ["y"]),
        ] as [ONNXModel.Node])
    func otherProductsStay(node: ONNXModel.Node) async throws {
        #expect(try await reason(QuantizingGraphs.model([node], ["w": Self.w])) == Self.none)
    }

    @Test func otherWeightsStay() async throws {
        let count = 128 * 128
        var infinite = [Float](repeating: 1, count: count)
        infinite[77] = .infinity
        let few = Tensor(shape: [127, 128], [Float](repeating: 1, count: 127 * 128))
        for weights in [
            few, Tensor(shape: [128, 128], infinite),
            Tensor(shape: [128, 128], [Float](repeating: .nan, count: count)),
            Tensor(shape: [1, 128, 128], [Float](repeating: 1, count: count)),
            Tensor(shape: [128, 128], [Float16](repeating: 1, count: count)),
        ] {
            let model = QuantizingGraphs.model([.init("MatMul", ["a", "w"], ["y"])], ["w": weights])
            #expect(try await reason(model) == Self.none)
        }
    }

    /// Its value is only a default.
    @Test func whatMayBeGivenIsNoConstant() async throws {
        var model = QuantizingGraphs.matMul
        model.graph.inputs.append(.init("w", .float32, [128, 128]))
        #expect(try await reason(model) == Self.none)
    }

    @Test func oldOperatorsAreNamed() async throws {
        let model = QuantizingGraphs.model(
            [.init("MatMul", ["a", "w"], ["y"])], ["w": Self.w], opset: 10)
        #expect(
            try await reason(model) == "its operators are of version 10, and those for bytes came with 11")
    }

    /// Weights that something else uses too are still there.
    @Test func sharedWeightsStayBeside() async throws {
        let model = QuantizingGraphs.model(
            [
                .init("MatMul", ["a", "w"], ["p"]), .init("MatMul", ["p", "w2"], ["q"]),
                .init("Transpose", ["w"], ["t"]), .init("MatMul", ["q", "t"], ["y"]),
            ], ["w": Self.w, "w2": Self.w])
        try await QuantizedFiles.with(model) { files in
            let graph = try GraphFile.read(try files.made()).graph
            let names = try graph.initializers().compactMap(\.name)
            #expect(Set(names) == ["w", "w_int8", "w_scales", "w2_int8", "w2_scales"])
            #expect(try graph.nodes().map(\.type).suffix(2) == ["Transpose", "MatMul"])
        }
    }

    @Test(arguments: ["../w.bin", "missing.bin", "short.bin"])
    func weightsThatAreNotThereAreSaid(name: String) async throws {
        try await QuantizedFiles.with(QuantizingGraphs.matMul) { files in
            var model = try GraphFile.read(files.graph)
            try Data(count: 100).write(
                to: files.graph.deletingLastPathComponent().appending(path: "short.bin"))
            let tensor = WireMessage([
                .int(1, 128), .int(1, 128), .int(2, 1), .text(8, "w"),
                .message(13, WireMessage([.text(1, "location"), .text(2, name)])), .int(14, 1),
            ])
            model.graph.message.replace(5, with: [.message(5, tensor)])
            try FileManager.default.removeItem(at: files.graph)
            try GraphFile.write(model, to: files.graph)
            guard case .none(let reason) = files.copy() else {
                Issue.record("There is a copy")
                return
            }
            #expect(reason.hasPrefix("a copy cannot be made: Its weights"))
            let left = try? FileManager.default.contentsOfDirectory(atPath: files.copies.path)
            #expect(left ?? [] == [])
        }
    }
}
