import FoveaBackends
import FoveaCore
import FoveaTesting
import Testing

@Suite struct ElementTypeTests {
    private func passThrough(_ tensor: Tensor) async throws -> Tensor {
        let type = ONNXModel.DataType(tensor.elementType)
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("in", type, ["n"])], outputs: [.init("out", type, ["n"])],
                nodes: [.identity("in", to: "out")]))
        #expect(session.inputs.map(\.elementType) == [tensor.elementType])
        #expect(session.outputs.map(\.elementType) == [tensor.elementType])
        return try await session.run([tensor])[0]
    }

    private func check<Element: TensorElement & Equatable>(_ elements: [Element]) async throws {
        let result = try await passThrough(Tensor(shape: [elements.count], elements))
        #expect(result.shape == [elements.count])
        #expect(try result.withElements(as: Element.self) { Array($0) } == elements)
    }

    @Test func everyTypeGoesInAndComesOut() async throws {
        try await check([Float(-1.5), 0, .greatestFiniteMagnitude, .infinity])
        try await check([Float16(-1.5), 0, .greatestFiniteMagnitude, .infinity])
        try await check([UInt8(0), 1, 255])
        try await check([Int8(-128), 0, 127])
        try await check([Int32.min, 0, .max])
        try await check([Int64.min, 0, .max])
        try await check([true, false, true])
    }

    @Test func tokensAreInt32OrInt64() async throws {
        for type in [ONNXModel.DataType.int32, .int64] {
            let session = try await Engine.session(
                ONNXModel(
                    inputs: [.init("text", type, ["batch", 4])],
                    outputs: [.init("sum", .float32, ["batch"])],
                    nodes: [
                        .cast("text", as: .float32, to: "floats"),
                        .init("ReduceSum", ["floats", "axes"], ["sum"], ["keepdims": 0]),
                    ],
                    initializers: ["axes": Tensor(shape: [1], [1] as [Int64])]))
            let tokens =
                type == .int32
                ? Tensor(shape: [1, 4], [49406, 320, 49407, 0] as [Int32])
                : Tensor(shape: [1, 4], [49406, 320, 49407, 0] as [Int64])
            let outputs = try await session.run([tokens])
            #expect(try outputs[0].floats() == [99133])
        }
    }

    @Test func halfPrecisionComesOutAsIs() async throws {
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("x", .float16, [3])], outputs: [.init("y", .float16, [3])],
                nodes: [.init("Mul", ["x", "x"], ["y"])]))
        let outputs = try await session.run([Tensor(shape: [3], [0.5, -3, 300] as [Float16])])
        #expect(outputs[0].elementType == .float16)
        // 300² = 90000 is above the largest float16, 65504.
        #expect(try outputs[0].floats() == [0.25, 9, .infinity])
    }

    @Test func bytesOfAPictureAreNormalisedInTheGraph() async throws {
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("pixels", .uint8, [1, "height", "width", 3])],
                outputs: [.init("mean", .float32, [1, 3])],
                nodes: [
                    .cast("pixels", as: .float32, to: "floats"),
                    .init("Div", ["floats", "scale"], ["scaled"]),
                    .init("Transpose", ["scaled"], ["planes"], ["perm": [0, 3, 1, 2]]),
                    .reduceMean("planes", axes: [2, 3], to: "mean"),
                ],
                initializers: ["scale": Tensor(shape: [], [2 as Float])]))
        let pixels = Tensor(shape: [1, 1, 2, 3], [10, 20, 255, 30, 40, 1] as [UInt8])
        #expect(try await session.run([pixels])[0].floats() == [10, 15, 64])
    }

    @Test func aTypeWithoutValuesIsRefusedByName() async throws {
        for (type, name) in [(ONNXModel.DataType.string, "string"), (.float64, "float64")] {
            let error = try await #require(throws: FoveaError.self) {
                try await Engine.session(
                    ONNXModel(
                        inputs: [.init("prompt", type, [1])], outputs: [.init("same", type, [1])],
                        nodes: [.identity("prompt", to: "same")]))
            }
            #expect(error.code == .modelInvalid)
            #expect(error.message.contains("its input \"prompt\" holds \(name)"))
        }
    }
}
