import FoveaBackends
import FoveaCore
import FoveaTesting
import ONNXRuntimeBackend
import Testing

@Suite struct ShapeTests {
    private let pair = ONNXModel(
        inputs: [.init("ids", .int64, ["batch", 4]), .init("mask", .float32, [1, 4])],
        outputs: [.init("masked", .float32, ["batch", 4])],
        nodes: [.cast("ids", as: .float32, to: "floats"), .init("Mul", ["floats", "mask"], ["masked"])])

    private let ids = Tensor(shape: [1, 4], [1, 2, 3, 4] as [Int64])
    private let mask = Tensor(shape: [1, 4], [1, 1, 0, 1] as [Float])

    @Test func inputsGoByPosition() async throws {
        let session = try await Engine.session(pair)
        #expect(try await session.run([ids, mask])[0].floats() == [1, 2, 0, 4])
    }

    @Test func symbolicDimensionsAreOpen() async throws {
        let session = try await Engine.session(pair)
        #expect(session.inputs.map(\.shape) == [[nil, 4], [1, 4]])
        for batch in [1, 3, 1] {
            let ids = Tensor(shape: [batch, 4], [Int64](repeating: 7, count: batch * 4))
            let outputs = try await session.run([ids, mask])
            #expect(outputs[0].shape == [batch, 4])
        }
    }

    @Test func scalarsAndEmptyTensorsHaveShapes() async throws {
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("x", .float32, ["n"])],
                outputs: [.init("sum", .float32, []), .init("same", .float32, ["n"])],
                nodes: [
                    .init("ReduceSum", ["x"], ["sum"], ["keepdims": 0]), .init("Neg", ["x"], ["same"]),
                ]))
        let outputs = try await session.run([Tensor(shape: [0], [Float]())])
        #expect(outputs.map(\.shape) == [[], [0]])
        #expect(try outputs[0].floats() == [0])
        #expect(try outputs[1].floats() == [])
    }

    @Test(arguments: [
        ([], "takes 2 inputs (\"ids\", \"mask\"), but was given 0"),
        ([Tensor(shape: [1, 4], [1, 2, 3, 4] as [Int64])], "was given 1"),
        (
            [
                Tensor(shape: [1, 4], [1, 2, 3, 4] as [Int32]),
                Tensor(shape: [1, 4], [1, 1, 1, 1] as [Float]),
            ],
            "wants int64 for its input \"ids\", but was given int32"
        ),
        (
            [Tensor(shape: [4], [1, 2, 3, 4] as [Int64]), Tensor(shape: [1, 4], [1, 1, 1, 1] as [Float])],
            "wants the shape [?, 4] for its input \"ids\", but was given [4]"
        ),
        (
            [
                Tensor(shape: [1, 4], [1, 2, 3, 4] as [Int64]),
                Tensor(shape: [2, 2], [1, 1, 1, 1] as [Float]),
            ],
            "wants the shape [1, 4] for its input \"mask\", but was given [2, 2]"
        ),
    ])
    func wrongInputsAreNamed(inputs: [Tensor], complaint: String) async throws {
        let session = try await Engine.session(pair)
        let error = try await #require(throws: FoveaError.self) { try await session.run(inputs) }
        #expect(error.code == .engineFailed)
        #expect(error.message.contains(complaint), "\(error.message)")
    }

    @Test func aFailureInsideTheEngineIsAnError() async throws {
        // The declaration lets any length through; the multiplication does not.
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("a", .float32, ["n"]), .init("b", .float32, ["m"])],
                outputs: [.init("y", .float32, ["n"])], nodes: [.init("Mul", ["a", "b"], ["y"])]))
        let error = try await #require(throws: FoveaError.self) {
            try await session.run([
                Tensor(shape: [2], [1, 2] as [Float]), Tensor(shape: [3], [1, 2, 3] as [Float]),
            ])
        }
        #expect(error.code == .engineFailed)
        #expect(error.cause is ONNXRuntimeStatus)
        // The session still works.
        let one = Tensor(shape: [1], [3 as Float])
        #expect(try await session.run([one, one])[0].floats() == [9])
    }
}
