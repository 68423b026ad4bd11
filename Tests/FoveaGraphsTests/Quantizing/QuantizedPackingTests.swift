import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

@Suite struct QuantizedPackingTests {
    /// A product of bytes and one of floats, packed together, end the process.
    @Test func quantisedGraphsAreNotPacked() async throws {
        var numbers = Numbers(3)
        let model = ONNXModel(
            inputs: [.init("a", .float32, ["n", 1024])], outputs: [.init("y", .float32, ["n", 12])],
            nodes: [.init("MatMul", ["a", "w"], ["b"]), .init("MatMul", ["b", "v"], ["y"])],
            initializers: ["w": numbers.floats([1024, 1100]), "v": numbers.floats([1100, 12])])
        try await QuantizedFiles.with(model) { files in
            let copy = try files.made(.int8Narrow)
            #expect(try GraphFile.read(copy).graph.nodes().map(\.type).contains("MatMul"))
            let packed = files.copies.deletingLastPathComponent().appending(path: "packed")
            let input = [numbers.floats([3, 1024])]
            let expected = try await ONNXRuntimeBackend().open(copy).run(input)[0].floats()
            for _ in 0..<3 {
                let backend = try ONNXRuntimeBackend(
                    configuration: ONNXRuntimeConfiguration(packedFolder: packed))
                #expect(try await backend.open(copy).run(input)[0].floats() == expected)
            }
            let names = try FileManager.default.subpathsOfDirectory(atPath: packed.path)
            #expect(!names.contains { $0.hasSuffix(".onnx") || $0.hasSuffix(".json") })
        }
    }
}
