public import FoveaCore
public import Foundation

/// An ONNX model put together in a test: a graph of a few nodes with the
/// weights it needs, as the bytes of an `.onnx` file.
///
/// ```swift
/// // y = mean of the picture's pixels, a channel
/// let model = ONNXModel(
///     inputs: [.init("image", .float32, ["batch", 3, "height", "width"])],
///     outputs: [.init("embedding", .float32, ["batch", 3])],
///     nodes: [.reduceMean("image", axes: [2, 3], to: "embedding")])
/// try model.write(to: folder.appending(path: "model.onnx"))
/// ```
///
/// Operators and their attributes are those of the ONNX operator set named by
/// `opset`; nothing is checked here.
public struct ONNXModel: Sendable {
    public var graph: Graph
    /// Free text beside the graph, such as `character`.
    public var metadata: [String: String]
    /// Version of the operator set.
    public var opset: Int64
    /// Version of the file format.
    public var ir: Int64

    /// - Parameters:
    ///   - nodes: in an order in which each finds its inputs made.
    ///   - initializers: the weights, by the name that nodes call them.
    ///   - opset: 17 by default: the last whose `ReduceMean` takes its axes as
    ///     an attribute.
    public init(
        inputs: [Value], outputs: [Value], nodes: [Node], initializers: [String: Tensor] = [:],
        metadata: [String: String] = [:], opset: Int64 = 17, ir: Int64 = 8
    ) {
        graph = Graph(inputs: inputs, outputs: outputs, nodes: nodes, initializers: initializers)
        self.metadata = metadata
        self.opset = opset
        self.ir = ir
    }

    /// A model whose outputs are always the same, whatever its inputs are.
    ///
    /// ```swift
    /// // A face detector that always finds the same boxes.
    /// let detector = ONNXModel.constant(
    ///     [("scores", scores), ("boxes", boxes), ("landmarks", landmarks)],
    ///     inputs: [.init("input", .float32, [1, 3, "height", "width"])])
    /// ```
    public static func constant(
        _ outputs: [(name: String, tensor: Tensor)], inputs: [Value], metadata: [String: String] = [:]
    ) -> ONNXModel {
        ONNXModel(
            inputs: inputs,
            outputs: outputs.map { Value($0.name, DataType($0.tensor.elementType), $0.tensor.dimensions) },
            nodes: outputs.map { .constant($0.tensor, to: $0.name) },
            metadata: metadata)
    }

    /// Writes the model's file.
    public func write(to file: URL) throws {
        try Data(encoded()).write(to: file)
    }
}

extension Tensor {
    fileprivate var dimensions: [ONNXModel.Dimension] { shape.map { .fixed(Int64($0)) } }
}
