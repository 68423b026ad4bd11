import FoveaCore
import FoveaTesting
import Testing

/// A tiny graph for each rule, on pictures of two channels more than they have.
struct MaskingRule: Sendable, CustomTestStringConvertible {
    var name: String
    /// From `x`, `[1, 3, h, w]`, to `y`.
    var nodes: [ONNXModel.Node]
    var initializers: [String: Tensor] = [:]
    var opset: Int64 = 17
    /// Places of `y` on a side of the picture, for each of its pixels.
    var scale = 1.0
    /// Whether the graph as it is sees what is beside the picture.
    var sees = true

    var testDescription: String { name }

    var model: ONNXModel {
        ONNXModel(
            inputs: [.init("x", .float32, ["n", 3, "h", "w"])],
            outputs: [.init("y", .float32, ["n", "c", "a", "b"])],
            nodes: nodes, initializers: initializers, opset: opset)
    }
}

extension MaskingRule {
    private static func weights(_ shape: Int...) -> Tensor {
        var numbers = Numbers(UInt64(shape.reduce(1) { $0 * 31 + $1 }))
        return numbers.floats(shape)
    }

    private static func conv(
        _ name: String, _ kernel: [Int], _ attributes: [String: ONNXModel.Attribute], scale: Double = 1,
        sees: Bool = true
    ) -> MaskingRule {
        MaskingRule(
            name: name, nodes: [.init("Conv", ["x", "w"], ["y"], attributes)],
            initializers: ["w": weights(4, 3, kernel[0], kernel[1])], scale: scale, sees: sees)
    }

    private static func node(
        _ name: String, _ type: String, _ attributes: [String: ONNXModel.Attribute], scale: Double = 1,
        sees: Bool = true
    ) -> MaskingRule {
        MaskingRule(
            name: name, nodes: [.init("Relu", ["x"], ["r"]), .init(type, ["r"], ["y"], attributes)],
            scale: scale, sees: sees)
    }

    private static func gate(_ name: String, _ nodes: [ONNXModel.Node], opset: Int64 = 17) -> MaskingRule {
        MaskingRule(
            name: name, nodes: nodes + [.init("Mul", ["x", "g"], ["y"])],
            initializers: [
                "axes": Tensor(shape: [2], [Int64(2), 3]), "w": weights(3, 3, 1, 1), "v": weights(3, 3),
                "b": weights(3), "shape": Tensor(shape: [4], [Int64(0), -1, 1, 1]),
            ], opset: opset)
    }

    private static func resize(
        _ name: String, _ factor: Float, _ attributes: [String: ONNXModel.Attribute]
    ) -> MaskingRule {
        MaskingRule(
            name: name,
            nodes: [
                .init("MaxPool", ["x"], ["p"], ["kernel_shape": [4, 4], "strides": [4, 4]]),
                .init("Resize", ["p", "", "s"], ["e"], attributes),
                .init("Conv", ["e", "w"], ["y"], ["pads": [1, 1, 1, 1]]),
            ],
            initializers: ["s": Tensor(shape: [4], [1, 1, factor, factor]), "w": weights(2, 3, 3, 3)],
            scale: Double(factor) / 4)
    }

    private static func enlarge(
        _ name: String, _ kernel: Int, _ attributes: [String: ONNXModel.Attribute], sees: Bool
    ) -> MaskingRule {
        MaskingRule(
            name: name,
            nodes: [
                .init("MaxPool", ["x"], ["p"], ["kernel_shape": [2, 2], "strides": [2, 2]]),
                .init("ConvTranspose", ["p", "w"], ["y"], attributes),
            ], initializers: ["w": weights(3, 2, kernel, kernel)], sees: sees)
    }

    static let all: [MaskingRule] =
        [
            conv("3 × 3", [3, 3], ["pads": [1, 1, 1, 1]]),
            conv("1 × 1", [1, 1], [:], sees: false),
            conv(
                "3 × 3 in steps of 2", [3, 3], ["pads": [1, 1, 1, 1], "strides": [2, 2]], scale: 0.5,
                sees: false),
            conv("5 × 5 in steps of 2", [5, 5], ["pads": [2, 2, 2, 2], "strides": [2, 2]], scale: 0.5),
            conv("7 × 1", [7, 1], ["pads": [3, 0, 3, 0]]),
            conv("dilated", [3, 3], ["pads": [2, 2, 2, 2], "dilations": [2, 2]]),
            conv("padded unevenly", [4, 4], ["pads": [2, 1, 1, 2]]),
            conv("2 × 2, same, upper", [2, 2], ["auto_pad": "SAME_UPPER"]),
            conv("2 × 2, same, lower", [2, 2], ["auto_pad": "SAME_LOWER"], sees: false),
            conv(
                "4 × 4 in steps of 4", [4, 4], ["strides": [4, 4], "auto_pad": "VALID"], scale: 0.25,
                sees: false),
            node("maxima, same", "MaxPool", ["kernel_shape": [2, 2], "auto_pad": "SAME_UPPER"]),
            node(
                "maxima in steps", "MaxPool",
                ["kernel_shape": [3, 3], "strides": [2, 2], "pads": [1, 1, 1, 1]],
                scale: 0.5, sees: false),
            node(
                "averages that count padding", "AveragePool",
                ["kernel_shape": [3, 3], "pads": [1, 1, 1, 1], "count_include_pad": 1]),
            node(
                "averages in steps", "AveragePool",
                ["kernel_shape": [2, 2], "strides": [2, 2], "ceil_mode": 1], scale: 0.5, sees: false),
            gate(
                "squeeze and excite",
                [
                    .init("GlobalAveragePool", ["x"], ["p"]), .init("Conv", ["p", "w", "b"], ["q"]),
                    .init("HardSigmoid", ["q"], ["g"]),
                ]),
            gate("mean by attribute", [.init("ReduceMean", ["x"], ["g"], ["axes": [-2, -1]])]),
            gate("mean by input", [.init("ReduceMean", ["x", "axes"], ["g"])], opset: 18),
            gate(
                "mean without sides",
                [
                    .init("ReduceMean", ["x"], ["p"], ["axes": [2, 3], "keepdims": 0]),
                    .init("Gemm", ["p", "v"], ["q"]), .init("Unsqueeze", ["q", "axes"], ["g"]),
                ]),
            gate(
                "mean reshaped",
                [
                    .init("GlobalAveragePool", ["x"], ["p"]), .init("Flatten", ["p"], ["f"]),
                    .init("Reshape", ["f", "shape"], ["g"]),
                ]),
            resize(
                "nearest, asymmetric", 2,
                [
                    "mode": "nearest", "coordinate_transformation_mode": "asymmetric",
                    "nearest_mode": "floor",
                ]),
            resize("nearest as standard", 4, ["mode": "nearest"]),
            enlarge("transposed 2 × 2", 2, ["strides": [2, 2]], sees: false),
            enlarge("transposed 4 × 4", 4, ["strides": [2, 2], "pads": [1, 1, 1, 1]], sees: true),
            MaskingRule(
                name: "channels joined and parted",
                nodes: [
                    .init("Relu", ["x"], ["r"]), .init("Concat", ["x", "r"], ["c"], ["axis": 1]),
                    .init("Split", ["c", "parts"], ["d", "e"], ["axis": 1]),
                    .init("BatchNormalization", ["d", "s", "b", "m", "v"], ["f"]),
                    .init("Conv", ["f", "w"], ["y"], ["pads": [1, 1, 1, 1]]),
                ],
                initializers: [
                    "parts": Tensor(shape: [2], [Int64(4), 2]), "s": weights(4), "b": weights(4),
                    "m": weights(4),
                    "v": Tensor(shape: [4], [Float(1), 2, 3, 4]), "w": weights(2, 4, 3, 3),
                ]),
            MaskingRule(
                name: "two levels down and up",
                nodes: [
                    .init("Conv", ["x", "w"], ["a"], ["strides": [2, 2], "pads": [1, 1, 1, 1]]),
                    .init("Conv", ["a", "v"], ["b"], ["strides": [2, 2], "pads": [1, 1, 1, 1]]),
                    .init("Conv", ["b", "v"], ["c"], ["pads": [1, 1, 1, 1]]),
                    .init("Upsample", ["c", "s"], ["d"], ["mode": "nearest"]),
                    .init("Add", ["a", "d"], ["e"]),
                    .init("Conv", ["e", "v"], ["f"], ["pads": [1, 1, 1, 1]]),
                    .init("GlobalAveragePool", ["f"], ["g"]), .init("Add", ["f", "g"], ["y"]),
                ],
                initializers: [
                    "w": weights(4, 3, 3, 3), "v": weights(4, 4, 3, 3),
                    "s": Tensor(shape: [4], [Float(1), 1, 2, 2]),
                ], opset: 9, scale: 0.5),
        ]
}
