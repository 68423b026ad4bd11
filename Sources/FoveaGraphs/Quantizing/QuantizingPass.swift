import FoveaCore
import Foundation

/// One walk over a graph that turns its matrix products into such of bytes.
struct QuantizingPass {
    /// Fewer weights than this are not worth rounding what they multiply.
    static let leastWeights = 1 << 14

    /// Constants to be added.
    private(set) var added: [TensorProto] = []
    /// Constants that are no longer multiplied by, as far as the nodes go that
    /// were changed.
    private(set) var replaced: Set<String> = []
    private(set) var productCount = 0

    /// A value as bytes.
    private struct Bytes {
        var values, scale, zero: String
    }

    /// Weights as bytes, by what they were and how they lay.
    private struct WeightKey: Hashable {
        var name: String
        var isTransposed: Bool
    }

    private var constants: Constants
    private let inputs: Set<String>
    private let range: Float
    private var reader: WeightReader
    private var writer: WeightWriter
    private var names: Set<String>
    private var activations: [String: Bytes] = [:]
    private var weights: [WeightKey: (values: String, scales: String)?] = [:]

    init(
        _ graph: GraphProto, _ nodes: [NodeProto], range: Float, _ folders: QuantizedProducts.Folders
    ) throws {
        constants = try Constants(graph)
        // Those with a default are initializers too, and may be given.
        inputs = Set(try graph.inputs().map(\.name))
        self.range = range
        reader = WeightReader(folder: folders.source)
        writer = WeightWriter(folder: folders.target)
        names = Set(nodes.flatMap { $0.inputs + $0.outputs }).union(constants.tensors.keys).union(inputs)
    }

    /// - Returns: what computes the node's output: the node itself where it is
    ///   no product that can be changed.
    mutating func rewritten(_ node: NodeProto) throws -> [NodeProto] {
        try constants.note(node)
        guard let product = try product(node), let bytes = try quantized(product.weights) else {
            return [node]
        }
        productCount += 1
        replaced.insert(product.weights.name)
        var nodes: [NodeProto] = []
        let left = activation(product.left, &nodes)
        let whole = fresh("\(product.output)_int32")
        let float = fresh("\(product.output)_float")
        let scale = fresh("\(product.output)_scale")
        let result = product.bias == nil ? product.output : fresh("\(product.output)_product")
        nodes += [
            NodeProto("MatMulInteger", [left.values, bytes.values, left.zero], [whole]),
            NodeProto("Cast", [whole], [float], [AttributeProto("to", int: TensorProto.ElementType.float32)]),
            NodeProto("Mul", [left.scale, bytes.scales], [scale]),
            NodeProto("Mul", [float, scale], [result]),
        ]
        if let bias = product.bias { nodes.append(NodeProto("Add", [result, bias], [product.output])) }
        return nodes
    }

    /// Waits until the weights are on disk.
    func finish() throws { try writer.finish() }

    // MARK: Products

    private struct Product {
        var left: String
        var weights: WeightKey
        var bias: String?
        var output: String
    }

    /// What the node multiplies, where it is a product with a constant on its
    /// right: `MatMul`, or a `Gemm` that does no more.
    private func product(_ node: NodeProto) throws -> Product? {
        let inputs = node.inputs
        guard node.isStandard, inputs.count >= 2, !inputs[0].isEmpty, let output = node.outputs.first
        else { return nil }
        switch node.type {
        case "MatMul":
            return Product(
                left: inputs[0], weights: WeightKey(name: inputs[1], isTransposed: false), output: output)
        case "Gemm":
            guard try node.int("transA") ?? 0 == 0, try node.attribute("alpha")?.float ?? 1 == 1,
                try node.attribute("beta")?.float ?? 1 == 1
            else { return nil }
            return Product(
                left: inputs[0],
                weights: WeightKey(name: inputs[1], isTransposed: try node.int("transB") ?? 0 != 0),
                bias: inputs.count > 2 && !inputs[2].isEmpty ? inputs[2] : nil, output: output)
        default: return nil
        }
    }

    // MARK: Bytes

    /// The weights as bytes, made once however many nodes use them; `nil` where
    /// they are no weights, or none worth it.
    private mutating func quantized(_ key: WeightKey) throws -> (values: String, scales: String)? {
        if let known = weights[key] { return known }
        let made = try makeWeights(key)
        weights.updateValue(made, forKey: key)
        return made
    }

    private mutating func makeWeights(_ key: WeightKey) throws -> (values: String, scales: String)? {
        guard let tensor = constants[key.name], !inputs.contains(key.name), tensor.shape.count == 2,
            tensor.type == TensorProto.ElementType.float32, let count = tensor.elementCount,
            count >= Self.leastWeights, let bytes = try reader.floats(of: tensor)
        else { return nil }
        let (first, second) = (Int(clamping: tensor.shape[0]), Int(clamping: tensor.shape[1]))
        let matrix = MatrixWeights(
            bytes: bytes, rows: key.isTransposed ? second : first,
            columns: key.isTransposed ? first : second, isTransposed: key.isTransposed)
        guard let scales = matrix.scales(range: range) else { return nil }
        let values = fresh("\(key.name)_int8")
        added.append(
            try writer.write(values, rows: matrix.rows, columns: matrix.columns) { part in
                matrix.quantized(rows: part, scales: scales, range: range)
            })
        let name = fresh("\(key.name)_scales")
        added.append(TensorProto(named: name, floats: scales))
        return (values, name)
    }

    /// A value as bytes, made once however many products it goes into.
    private mutating func activation(_ name: String, _ nodes: inout [NodeProto]) -> Bytes {
        if let known = activations[name] { return known }
        let bytes = Bytes(
            values: fresh("\(name)_uint8"), scale: fresh("\(name)_uint8_scale"),
            zero: fresh("\(name)_uint8_zero"))
        nodes.append(NodeProto("DynamicQuantizeLinear", [name], [bytes.values, bytes.scale, bytes.zero]))
        activations[name] = bytes
        return bytes
    }

    private mutating func fresh(_ name: String) -> String {
        var candidate = name
        var number = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name)_\(number)"
            number += 1
        }
        return candidate
    }
}
