import FoveaBackends
import FoveaCore
import FoveaTesting
import Testing

@Suite struct SessionTests {
    /// y = x · [[1, 2], [3, 4], [5, 6]] + [10, 20]
    private let affine = ONNXModel(
        inputs: [.init("x", .float32, ["batch", 3])],
        outputs: [.init("y", .float32, ["batch", 2])],
        nodes: [.init("MatMul", ["x", "W"], ["xW"]), .init("Add", ["xW", "b"], ["y"])],
        initializers: [
            "W": Tensor(shape: [3, 2], [1, 2, 3, 4, 5, 6] as [Float]),
            "b": Tensor(shape: [2], [10, 20] as [Float]),
        ])

    @Test func computesWhatAHandDoes() async throws {
        let session = try await Engine.session(affine)
        let outputs = try await session.run([Tensor(shape: [2, 3], [1, 2, 3, 0, -1, 0.5] as [Float])])
        // Row 1: 1·1 + 2·3 + 3·5 + 10, 1·2 + 2·4 + 3·6 + 20. Row 2: -3 + 2.5 + 10, -4 + 3 + 20.
        #expect(outputs.count == 1)
        #expect(outputs[0].shape == [2, 2])
        #expect(try outputs[0].floats() == [32, 48, 9.5, 19])
    }

    @Test func describesTheGraph() async throws {
        let session = try await Engine.session(affine)
        #expect(session.inputs == [TensorInfo(name: "x", elementType: .float32, shape: [nil, 3])])
        #expect(session.outputs == [TensorInfo(name: "y", elementType: .float32, shape: [nil, 2])])
        #expect(session.metadata.isEmpty)
    }
}
