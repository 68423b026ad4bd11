import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaTesting
import Testing

/// Each rule on a graph of its own, in ONNX Runtime: what the rewritten graph
/// gives for a picture in the corner of a larger canvas, beside what the graph
/// as it is gives for the picture alone.
@Suite struct MaskingRuleTests {
    private static let content = (height: 32, width: 64)
    private static let canvas = (height: 96, width: 128)

    private static let picture: Tensor = {
        var numbers = Numbers(7)
        return numbers.floats([1, 3, content.height, content.width])
    }()

    /// The picture, and random numbers beside it.
    private static func padded() throws -> Tensor {
        var numbers = Numbers(8)
        var values = try numbers.floats([1, 3, canvas.height, canvas.width]).floats()
        let source = try picture.floats()
        for channel in 0..<3 {
            for y in 0..<content.height {
                let from = (channel * content.height + y) * content.width
                let to = (channel * canvas.height + y) * canvas.width
                values.replaceSubrange(to..<to + content.width, with: source[from..<from + content.width])
            }
        }
        return Tensor(shape: [1, 3, canvas.height, canvas.width], values)
    }

    private static func mask() -> Tensor {
        let values = (0..<canvas.height * canvas.width).map { index -> Float in
            index / canvas.width < content.height && index % canvas.width < content.width ? 1 : 0
        }
        return Tensor(shape: [1, 1, canvas.height, canvas.width], values)
    }

    /// The largest difference where the picture is.
    private static func difference(_ large: Tensor, _ small: Tensor) throws -> Float {
        let (values, expected) = (try large.floats(), try small.floats())
        let (height, width) = (small.shape[2], small.shape[3])
        var largest: Float = 0
        for index in expected.indices {
            let (row, x) = (index / width, index % width)
            let (channel, y) = (row / height, row % height)
            let value = values[(channel * large.shape[2] + y) * large.shape[3] + x]
            largest = max(largest, abs(value - expected[index]))
            if !value.isFinite { return .infinity }
        }
        return largest
    }

    @Test(arguments: MaskingRule.all)
    func answersAreThoseOfThePictureAlone(rule: MaskingRule) async throws {
        // Something that needs the mask in any case, so that all are rewritten.
        var model = rule.model
        model.graph.nodes += [.init("GlobalAveragePool", ["x"], ["mean"])]
        model.graph.outputs += [.init("mean", .float32, ["n", 3, 1, 1])]
        let (rewritten, outcome) = try model.rewritten(.mask)
        #expect(outcome == .rewritten)
        let plain = try await model.session()
        let masked = try await rewritten.session()
        #expect(masked.inputs.map(\.name) == ["x", "mask"])

        let expected = try await plain.run([Self.picture])
        #expect(Double(expected[0].shape[3]) == 64 * rule.scale)
        let seen = try await plain.run([Self.padded()])
        let answer = try await masked.run([Self.padded(), Self.mask()])
        #expect(try Self.difference(answer[0], expected[0]) < 1e-5)
        #expect(try Self.difference(answer[1], expected[1]) < 1e-6)
        // As it is, the graph answers otherwise, or this would show nothing.
        #expect(try (Self.difference(seen[0], expected[0]) > 1e-3) == rule.sees)
    }

    /// (1 + 2 + 3 + 4) / 4 = 2.5 in a corner of 32 × 32 of a canvas of twice
    /// that height, the rest of which is 100.
    @Test func aMeanIsThatOfThePicture() async throws {
        let model = ONNXModel(
            inputs: [.init("x", .float32, [1, 3, "h", "w"])], outputs: [.init("y", .float32, [1, 3, 1, 1])],
            nodes: [.init("GlobalAveragePool", ["x"], ["y"])])
        let session = try await model.rewritten(.mask).model.session()
        let picture = Tensor(
            shape: [1, 3, 64, 32],
            (0..<3 * 64 * 32).map { index -> Float in
                let y = index / 32 % 64
                return y < 32 ? Float(1 + index % 2 + 2 * (y % 2)) : 100
            })
        let mask = Tensor(shape: [1, 1, 64, 32], (0..<64 * 32).map { $0 < 32 * 32 ? Float(1) : 0 })
        let outputs = try await session.run([picture, mask])
        #expect(try outputs[0].floats() == [2.5, 2.5, 2.5])
    }

    /// The mean of numbers whose sum, 2 million, is no float16.
    @Test func halfFloatsDoNotOverflow() async throws {
        let model = ONNXModel(
            inputs: [.init("x", .float16, [1, 3, "h", "w"])], outputs: [.init("y", .float16, [1, 3, 1, 1])],
            nodes: [.init("ReduceMean", ["x"], ["y"], ["axes": [2, 3]])])
        let (rewritten, outcome) = try model.rewritten(.mask)
        #expect(outcome == .rewritten)
        let session = try await rewritten.session()
        let picture = Tensor(shape: [1, 3, 32, 64], [Float16](repeating: 2000, count: 3 * 32 * 64))
        let mask = Tensor(shape: [1, 1, 32, 64], (0..<32 * 64).map { $0 % 64 < 32 ? Float(1) : 0 })
        let outputs = try await session.run([picture, mask])
        #expect(try outputs[0].floats() == [2000, 2000, 2000])
    }
}
