public import FoveaCore

extension ONNXModel {
    /// One use of an operator.
    public struct Node: Sendable {
        /// The operator, such as `MatMul`.
        public var type: String
        /// Names of what goes in; empty for an optional input left out.
        public var inputs: [String]
        public var outputs: [String]
        public var attributes: [String: Attribute]

        public init(
            _ type: String, _ inputs: [String], _ outputs: [String], _ attributes: [String: Attribute] = [:]
        ) {
            self.type = type
            self.inputs = inputs
            self.outputs = outputs
            self.attributes = attributes
        }
    }

    /// An attribute's value. Literals of Swift do: `["axis": 1, "perm": [0, 2, 1]]`.
    public enum Attribute: Sendable {
        case int(Int64)
        case ints([Int64])
        case float(Float)
        case floats([Float])
        case string(String)
        case tensor(Tensor)
        case graph(Graph)
    }
}

extension ONNXModel.Attribute: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(floatLiteral value: Float) { self = .float(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: Int64...) { self = .ints(elements) }
}

extension ONNXModel.Node {
    /// Passes a value on under another name.
    public static func identity(_ input: String, to output: String) -> Self {
        .init("Identity", [input], [output])
    }

    /// Converts elements to another type.
    public static func cast(_ input: String, as type: ONNXModel.DataType, to output: String) -> Self {
        .init("Cast", [input], [output], ["to": .int(type.rawValue)])
    }

    /// Averages over axes, which are dropped unless kept with length 1. Up to
    /// operator set 17.
    public static func reduceMean(
        _ input: String, axes: [Int64], keepDimensions: Bool = false, to output: String
    ) -> Self {
        .init("ReduceMean", [input], [output], ["axes": .ints(axes), "keepdims": keepDimensions ? 1 : 0])
    }

    /// Always gives `tensor`.
    public static func constant(_ tensor: Tensor, to output: String) -> Self {
        .init("Constant", [], [output], ["value": .tensor(tensor)])
    }
}
