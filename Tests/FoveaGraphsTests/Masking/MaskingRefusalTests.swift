import FoveaCore
import FoveaGraphs
import FoveaTesting
import Testing

/// Graphs that cannot be followed stay as they are, with the reason.
@Suite struct MaskingRefusalTests {
    private static let three = Tensor(shape: [1, 3, 3, 3], [Float](repeating: 1, count: 27))

    private func refusal(
        _ nodes: [ONNXModel.Node], input: [ONNXModel.Dimension] = [1, 3, "h", "w"],
        _ initializers: [String: Tensor] = [:]
    ) throws -> String {
        try refusal(
            ONNXModel(
                inputs: [.init("x", .float32, input)], outputs: [.init("y", .float32, [1, 3, "a", "b"])],
                nodes: nodes, initializers: initializers))
    }

    private func refusal(_ model: ONNXModel) throws -> String {
        let (rewritten, outcome) = try model.rewritten(.mask)
        guard case .declined(let reason) = outcome else { return "" }
        #expect(rewritten.bytes == model.encoded())
        return reason
    }

    @Test(
        arguments: [
            ("Softmax", ["axis": 3]), ("InstanceNormalization", [:]), ("Transpose", ["perm": [0, 2, 3, 1]]),
            ("GlobalMaxPool", [:]), ("LpPool", ["kernel_shape": [3, 3]]), ("Flatten", [:]), ("Unheard", [:]),
        ] as [(String, [String: ONNXModel.Attribute])])
    func otherOperatorsAreNotFollowed(type: String, attributes: [String: ONNXModel.Attribute]) throws {
        let reason = try refusal([.init(type, ["x"], ["y"], attributes)])
        #expect(reason == "\(type) giving y is not known to keep places apart")
    }

    @Test(
        arguments: [
            ("MaxPool", ["kernel_shape": [2, 2], "auto_pad": "SAME_UPPER"], "maxima past the picture"),
            ("MaxPool", ["kernel_shape": [3, 3]], "moves in a way"),
            ("MaxPool", ["kernel_shape": [64, 64], "strides": [64, 64]], "moves in a way"),
            ("MaxPool", ["kernel_shape": [2, 2], "strides": [2, 1]], "moves in a way"),
            ("MaxPool", ["kernel_shape": [3, 3], "strides": [3, 3]], "moves in a way"),
            ("MaxPool", ["kernel_shape": [3, 3], "strides": [2, 2], "ceil_mode": 1], "rounds up"),
            ("MaxPool", ["kernel_shape": [2, 2], "pads": [1, -1, 1, 1]], "pads"),
            ("MaxPool", ["kernel_shape": [2, 2, 2]], "kernel_shape"),
            ("MaxPool", ["kernel_shape": [2, 2], "strides": [2, 2], "auto_pad": "ELSE"], "auto_pad ELSE"),
            ("AveragePool", ["kernel_shape": [3, 3], "pads": [1, 1, 1, 1]], "averages past the picture"),
            ("ReduceMean", ["axes": [3]], "averages over the axes [3]"),
            ("ReduceMean", [:], "averages over the axes []"),
            ("Concat", ["axis": 2], "joins no channels"), ("Split", ["axis": 3], "parts no channels"),
            ("BatchNormalization", ["training_mode": 1], "is being trained"),
        ] as [(String, [String: ONNXModel.Attribute], String)])
    func settingsAreNotFollowed(type: String, attributes: [String: ONNXModel.Attribute], reason: String)
        throws
    {
        #expect(try refusal([.init(type, ["x"], ["y"], attributes)]).contains(reason))
    }

    @Test(
        arguments: [
            ["mode": "linear"], ["mode": "nearest", "coordinate_transformation_mode": "align_corners"],
            ["coordinate_transformation_mode": "asymmetric"], ["nearest_mode": "ceil"],
        ] as [[String: ONNXModel.Attribute]])
    func otherWaysToEnlargeAreNotFollowed(attributes: [String: ONNXModel.Attribute]) throws {
        let nodes: [ONNXModel.Node] = [
            .init("MaxPool", ["x"], ["p"], ["kernel_shape": [2, 2], "strides": [2, 2]]),
            .init("Resize", ["p", "", "s"], ["y"], attributes),
        ]
        let scales = Tensor(shape: [4], [Float(1), 1, 2, 2])
        #expect(try refusal(nodes, ["s": scales]).contains("enlarges"))
    }

    @Test func sizesAreNotFollowed() throws {
        let sizes = Tensor(shape: [4], [Int64(1), 3, 64, 64])
        let reason = try refusal(
            [.init("Resize", ["x", "", "", "s"], ["y"], ["mode": "nearest"])], ["s": sizes])
        #expect(reason == "Resize giving y enlarges to a size")
    }

    @Test func aConvolutionThatShrinksIsNotFollowed() throws {
        #expect(
            try refusal([.init("Conv", ["x", "w"], ["y"])], ["w": Self.three]).contains("moves"))
    }

    @Test func weightsThatDependOnThePictureAreNotFollowed() throws {
        #expect(
            try refusal([.init("Conv", ["x", "x"], ["y"], ["kernel_shape": [1, 1]])]).contains(
                "weights"))
    }

    @Test func aConstantForEachPlaceIsNotFollowed() throws {
        let places = Tensor(shape: [1, 1, 1, 64], [Float](repeating: 1, count: 64))
        #expect(try refusal([.init("Add", ["x", "c"], ["y"])], ["c": places]).contains("constant"))
    }

    @Test func whatDependsOnTheCanvasIsNotFollowed() throws {
        let nodes: [ONNXModel.Node] = [.init("Shape", ["x"], ["s"]), .init("Reshape", ["x", "s"], ["y"])]
        #expect(try refusal(nodes).contains("Shape giving s"))
    }

    @Test func otherInputsAreNotFollowed() throws {
        let relu = [ONNXModel.Node("Relu", ["x"], ["y"])]
        for input in [[1, 1, "h", "w"], [1, "h", "w", 3], [1, 3, 640, 640], [1, 3]] as [[ONNXModel.Dimension]]
        {
            #expect(try refusal(relu, input: input).contains("its input"))
        }
        var two = ONNXModel(
            inputs: [.init("x", .float32, [1, 3, "h", "w"]), .init("z", .float32, [1])],
            outputs: [.init("y", .float32, [1, 3, "h", "w"])], nodes: relu)
        #expect(try refusal(two) == "it has 2 inputs instead of one picture")
        two.graph.inputs.removeLast()
        #expect(try refusal(two) == "nothing in it looks beside the picture")
    }

    @Test func aGraphWithAMaskIsLeftAlone() throws {
        let nodes: [ONNXModel.Node] = [
            .init("Conv", ["x", "w"], ["mask"], ["pads": [1, 1, 1, 1]]), .identity("mask", to: "y"),
        ]
        #expect(try refusal(nodes, ["w": Self.three]).contains("already has a value called mask"))
    }

    @Test func nodesWithNodesInsideAreNotFollowed() throws {
        let body = ONNXModel.Graph(inputs: [], outputs: [.init("b", .float32, [1])], nodes: [])
        let reason = try refusal([.init("If", ["x"], ["y"], ["then_branch": .graph(body)])])
        #expect(reason == "If giving y has nodes inside")
    }

    @Test func brokenOrdersAreNotFollowed() throws {
        #expect(try refusal([.init("Relu", ["z"], ["y"])]).contains("which nothing gives"))
        #expect(try refusal([.init("Relu", ["x"], ["x"])]).contains("not the first"))
        #expect(try refusal([.init("Relu", ["x"], ["z"])]).contains("nothing gives its output y"))
    }
}
