import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaTesting
import Testing

/// What a rewritten graph answers to three at once, beside what the graph as it
/// is answers to each, in ONNX Runtime.
@Suite struct FreeBatchTests {
    private func check(_ model: ONNXModel, _ inputs: [Tensor]) async throws {
        let (rewritten, outcome) = try model.rewritten(.batch)
        #expect(outcome == .rewritten)
        let plain = try await model.session()
        let session = try await rewritten.session()
        #expect(session.inputs[0].shape[0] == nil)
        #expect(session.outputs.allSatisfy { $0.shape.first == .some(nil) })
        var expected: [[Tensor]] = []
        for input in inputs { expected.append(try await plain.run([input])) }
        for count in [1, inputs.count] {
            let answers = try await session.run([Self.joined(Array(inputs.prefix(count)))])
            for (index, answer) in answers.enumerated() {
                #expect(answer.shape[0] == count)
                let values = try answer.floats()
                let length = values.count / count
                for picture in 0..<count {
                    let own = values[picture * length..<(picture + 1) * length]
                    let alone = try expected[picture][index].floats()
                    #expect(own.count == alone.count)
                    #expect(zip(own, alone).allSatisfy { abs($0 - $1) < 1e-5 })
                }
            }
        }
        // All have answers of their own, or this would show nothing.
        #expect(try expected[0][0].floats() != expected[1][0].floats())
    }

    private static func joined(_ inputs: [Tensor]) -> Tensor {
        let shape = [inputs.count] + inputs[0].shape.dropFirst()
        guard inputs[0].elementType == .int32 else {
            return Tensor(shape: shape, inputs.flatMap { (try? $0.floats()) ?? [] })
        }
        return Tensor(
            shape: shape, inputs.flatMap { (try? $0.withElements(as: Int32.self) { Array($0) }) ?? [] })
    }

    private func pictures(_ shape: [Int]) -> [Tensor] {
        var numbers = Numbers(3)
        return (0..<3).map { _ in numbers.floats(shape) }
    }

    @Test func attentionWithTokensFirst() async throws {
        try await check(BatchGraphs.tokensFirst, pictures([1, 3, 4, 4]))
    }

    @Test func theLastTokenOfEachText() async throws {
        let texts: [[Int32]] = [[1, 2, 9, 0, 0], [1, 9, 0, 0, 0], [4, 3, 2, 1, 9]]
        try await check(BatchGraphs.lastToken, texts.map { Tensor(shape: [1, 5], $0) })
    }

    @Test func lengthsThatAreComputed() async throws {
        try await check(BatchGraphs.computedLengths, pictures([1, 3, 4, 4]))
    }

    @Test func listsOfAllThatWasFound() async throws {
        try await check(BatchGraphs.lists, pictures([1, 3, 4, 4]))
        let outputs = try BatchGraphs.lists.rewritten(.batch).model.graph.outputs()
        #expect(
            try outputs.map { try $0.shape } == [
                [.named("batch"), .named("n"), .fixed(1)], [.named("batch"), .fixed(32), .fixed(4)],
            ])
    }

    private func refusal(
        _ nodes: [ONNXModel.Node], _ input: [ONNXModel.Dimension] = [1, 4],
        _ initializers: [String: Tensor] = [:]
    ) throws -> String {
        let model = ONNXModel(
            inputs: [.init("x", .float32, input)], outputs: [.init("y", .float32, [1, 4])], nodes: nodes,
            initializers: initializers)
        let (rewritten, outcome) = try model.rewritten(.batch)
        guard case .declined(let reason) = outcome else { return "" }
        #expect(rewritten.bytes == model.encoded())
        return reason
    }

    @Test func otherInputsStay() throws {
        let node = [ONNXModel.Node("Relu", ["x"], ["y"])]
        #expect(try refusal(node, ["n", 4]) == "it takes any number at once")
        #expect(try refusal(node, [4, 4]) == "it takes 4 at once")
        #expect(try refusal(node, []) == "its input x has no first length")
    }

    @Test(
        arguments: [
            ("Softmax", ["axis": 0], "works over the batch"),
            ("ReduceMean", ["axes": [0]], "works over the batch"),
            ("ReduceMax", [:], "works over the batch"), ("Squeeze", [:], "drops all lengths of one"),
            ("NonZero", [:], "is not known to keep pictures apart"),
            ("Split", ["axis": 0], "parts the batch"),
            ("Flatten", ["axis": 0], "makes one dimension of the batch"),
        ] as [(String, [String: ONNXModel.Attribute], String)])
    func whatWorksOverTheBatchIsNotFollowed(
        type: String, attributes: [String: ONNXModel.Attribute], reason: String
    ) throws {
        #expect(try refusal([.init(type, ["x"], ["y"], attributes)]).contains(reason))
    }

    @Test func otherWaysToTakeItAreNotFollowed() throws {
        let rows = Tensor(shape: [2, 4], [Float](repeating: 1, count: 8))
        #expect(
            try refusal([.init("Add", ["x", "c"], ["y"])], [1, 4], ["c": rows]).contains(
                "constant for one only"))
        #expect(
            try refusal([.init("Concat", ["x", "x"], ["y"], ["axis": 0])]).contains("joins over the batch"))
        #expect(
            try refusal([.init("MatMul", ["c", "x"], ["y"])], [1, 4], ["c": rows]).contains("over the batch"))
        #expect(try refusal([.init("Identity", ["c"], ["y"])], [1, 4], ["c": rows]).contains("one by one"))
        #expect(try refusal([.init("Transpose", ["x"], ["y"])]).contains("one by one"))
        let first = Tensor(shape: [1], [Int64(0)])
        let gather = [ONNXModel.Node("Gather", ["x", "c"], ["y"], ["axis": 0])]
        #expect(try refusal(gather, [1, 4], ["c": first]).contains("looks up in the batch"))
        let target = Tensor(shape: [2], [Int64(2), 2])
        #expect(
            try refusal(
                [
                    .init("Reshape", ["x", "c"], ["z"]), .init("Relu", ["z"], ["v"]),
                    .init("MatMul", ["v", "v"], ["y"]),
                ], [1, 4], ["c": target]
            ).contains("MatMul"))
    }
}
