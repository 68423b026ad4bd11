import FoveaCore
import FoveaTesting

/// Graphs for one picture or text, as exporters write them, but small.
enum BatchGraphs {
    private static func weights(_ shape: Int...) -> Tensor {
        var numbers = Numbers(UInt64(shape.reduce(1) { $0 * 31 + $1 }))
        return numbers.floats(shape)
    }

    private static func ints(_ values: Int64...) -> Tensor { Tensor(shape: [values.count], values) }

    /// A vision transformer with tokens first, as PyTorch's multi-head attention
    /// is exported when all lengths are fixed: 4 patches and a class token of 6
    /// channels, 2 heads of 3.
    static let tokensFirst = ONNXModel(
        inputs: [.init("image", .float32, [1, 3, 4, 4])], outputs: [.init("embedding", .float32, [1, 6])],
        nodes: [
            .init("Conv", ["image", "patch"], ["p"], ["kernel_shape": [2, 2], "strides": [2, 2]]),
            .init("Reshape", ["p", "to_patches"], ["q"]),
            .init("Transpose", ["q"], ["r"], ["perm": [0, 2, 1]]),
            .init("Concat", ["class", "r"], ["s"], ["axis": 1]), .init("Add", ["s", "places"], ["t"]),
            .init("Transpose", ["t"], ["u"], ["perm": [1, 0, 2]]),
            .init("MatMul", ["u", "w_in"], ["qkv"]), .init("Reshape", ["qkv", "to_three"], ["three"]),
            .init("Unsqueeze", ["three", "first"], ["a"]),
            .init("Transpose", ["a"], ["b"], ["perm": [3, 1, 2, 0, 4]]),
            .init("Squeeze", ["b", "fourth"], ["c"]),
        ]
            + ["0", "1", "2"].flatMap { index -> [ONNXModel.Node] in
                [
                    .init("Gather", ["c", "i\(index)"], ["d\(index)"], ["axis": 0]),
                    .init("Reshape", ["d\(index)", "to_heads"], ["e\(index)"]),
                    .init("Transpose", ["e\(index)"], ["f\(index)"], ["perm": [1, 0, 2]]),
                    .init("Reshape", ["f\(index)", "to_batch"], ["g\(index)"]),
                ]
            } + [
                .init("Transpose", ["g1"], ["k"], ["perm": [0, 1, 3, 2]]),
                .init("MatMul", ["g0", "k"], ["scores"]),
                .init("Softmax", ["scores"], ["parts"], ["axis": -1]),
                .init("MatMul", ["parts", "g2"], ["h"]),
                .init("Transpose", ["h"], ["j"], ["perm": [2, 0, 1, 3]]),
                .init("Reshape", ["j", "to_rows"], ["l"]),
                .init("Gemm", ["l", "w_out", "bias"], ["m"], ["transB": 1]),
                .init("Reshape", ["m", "to_tokens"], ["n"]),
                .init("Add", ["u", "n"], ["o"]), .init("Transpose", ["o"], ["v"], ["perm": [1, 0, 2]]),
                .init("LayerNormalization", ["v", "bias", "bias"], ["x"], ["axis": -1]),
                .init("Gather", ["x", "i0"], ["y"], ["axis": 1]),
                .init("ReduceL2", ["y"], ["norm"], ["axes": [-1], "keepdims": 1]),
                .init("Expand", ["norm", "to_embedding"], ["z"]), .init("Div", ["y", "z"], ["embedding"]),
            ],
        initializers: [
            "patch": weights(6, 3, 2, 2), "to_patches": ints(1, 6, -1), "class": weights(1, 1, 6),
            "places": weights(1, 5, 6), "w_in": weights(6, 18), "to_three": ints(5, 1, 3, 6),
            "first": ints(0),
            "fourth": ints(3), "i0": Tensor(shape: [], [Int64(0)]), "i1": Tensor(shape: [], [Int64(1)]),
            "i2": Tensor(shape: [], [Int64(2)]), "to_heads": ints(5, 2, 3), "to_batch": ints(1, 2, 5, 3),
            "to_rows": ints(5, 6), "w_out": weights(6, 6), "bias": weights(6), "to_tokens": ints(5, 1, 6),
            "to_embedding": ints(1, 6),
        ])

    /// A text's last token, looked up in the rows of all tokens, as PyTorch's
    /// `x[arange(n), text.argmax()]` is exported when all lengths are fixed.
    static let lastToken = ONNXModel(
        inputs: [.init("text", .int32, [1, 5])], outputs: [.init("embedding", .float32, [1, 4])],
        nodes: [
            .init("Gather", ["table", "text"], ["a"]), .init("Add", ["a", "places"], ["b"]),
            .init("ArgMax", ["text"], ["c"], ["axis": -1, "keepdims": 0]),
            .init("Add", ["c", "zero"], ["d"]),
            .init("Reshape", ["b", "to_rows"], ["e"]), .init("Gather", ["e", "d"], ["f"], ["axis": 0]),
            .init("Reshape", ["f", "to_embedding"], ["g"]), .init("MatMul", ["g", "w"], ["embedding"]),
        ],
        initializers: [
            "table": weights(10, 4), "places": weights(5, 4), "zero": ints(0), "to_rows": ints(-1, 4),
            "to_embedding": ints(1, 4), "w": weights(4, 4),
        ])

    /// Lengths that the graph computes from its input's.
    static let computedLengths = ONNXModel(
        inputs: [.init("image", .float32, [1, 3, 4, 4])], outputs: [.init("y", .float32, [1, 6])],
        nodes: [
            .init("Shape", ["image"], ["s"]), .init("Gather", ["s", "i0"], ["n"], ["axis": 0]),
            .init("Unsqueeze", ["n", "first"], ["m"]),
            .init("Concat", ["m", "channels", "left"], ["t"], ["axis": 0]),
            .init("Reshape", ["image", "t"], ["p"]),
            .init("Concat", ["m", "channels", "one"], ["u"], ["axis": 0]),
            .init("Expand", ["token", "u"], ["c"]), .init("Concat", ["p", "c"], ["q"], ["axis": 2]),
            .init("ReduceMean", ["q"], ["r"], ["axes": [2], "keepdims": 0]),
            .init("MatMul", ["r", "w"], ["y"]),
        ],
        initializers: [
            "i0": Tensor(shape: [], [Int64(0)]), "first": ints(0), "channels": ints(3), "left": ints(-1),
            "one": ints(1), "token": weights(1, 3, 1), "w": weights(3, 6),
        ])

    /// A face detector's lists: rows, columns and batch below each other.
    static let lists = ONNXModel(
        inputs: [.init("image", .float32, [1, 3, "h", "w"])],
        outputs: [.init("scores", .float32, ["n", 1]), .init("boxes", .float32, [32, 4])],
        nodes: [
            .init("Conv", ["image", "w2"], ["a"]), .init("Transpose", ["a"], ["b"], ["perm": [2, 3, 0, 1]]),
            .init("Reshape", ["b", "to_scores"], ["c"]), .init("Sigmoid", ["c"], ["scores"]),
            .init("Conv", ["image", "w8"], ["d"]), .init("Mul", ["d", "two"], ["e"]),
            .init("Transpose", ["e"], ["f"], ["perm": [0, 2, 3, 1]]),
            .init("Reshape", ["f", "to_boxes"], ["g"]),
            .init("Squeeze", ["g", "first"], ["boxes"]),
        ],
        initializers: [
            "w2": weights(2, 3, 1, 1), "w8": weights(8, 3, 1, 1), "to_scores": ints(-1, 1),
            "to_boxes": ints(1, -1, 4), "two": Tensor(shape: [], [Float(2)]), "first": ints(0),
        ])
}
