/// The constants that a graph computes with, by the name of their value.
struct Constants {
    private(set) var tensors: [String: TensorProto] = [:]

    init(_ graph: GraphProto) throws {
        for tensor in try graph.initializers() {
            if let name = tensor.name { tensors[name] = tensor }
        }
    }

    subscript(_ name: String) -> TensorProto? { tensors[name] }

    /// What a node gives that does nothing but name a constant.
    ///
    /// - Returns: whether it is one.
    mutating func note(_ node: NodeProto) throws {
        guard node.isStandard, let output = node.outputs.first else { return }
        switch node.type {
        case "Constant":
            if let tensor = try node.attribute("value")?.tensor {
                tensors[output] = tensor
            } else if let int = try node.attribute("value_int")?.int {
                tensors[output] = TensorProto(named: output, shape: [], ints: [int])
            } else if let ints = try node.attribute("value_ints")?.ints {
                tensors[output] = TensorProto(named: output, ints: ints)
            }
        case "Identity": tensors[output] = node.inputs.first.flatMap { tensors[$0] }
        default: break
        }
    }

    func ints(_ name: String?) throws -> [Int64]? { try name.flatMap { tensors[$0] }?.ints() }
    func floats(_ name: String?) throws -> [Float]? { try name.flatMap { tensors[$0] }?.floats() }
}
