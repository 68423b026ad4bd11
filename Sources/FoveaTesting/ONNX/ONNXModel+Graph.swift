public import FoveaCore

extension ONNXModel {
    /// Nodes and what goes into and comes out of them; a whole model's, or the
    /// body of a `Loop` or an `If`.
    public struct Graph: Sendable {
        public var inputs: [Value]
        public var outputs: [Value]
        public var nodes: [Node]
        public var initializers: [String: Tensor]

        public init(
            inputs: [Value], outputs: [Value], nodes: [Node], initializers: [String: Tensor] = [:]
        ) {
            self.inputs = inputs
            self.outputs = outputs
            self.nodes = nodes
            self.initializers = initializers
        }
    }

    /// An input or output of a graph: its name, type and shape.
    public struct Value: Sendable {
        public var name: String
        public var type: DataType
        public var shape: [Dimension]

        public init(_ name: String, _ type: DataType, _ shape: [Dimension]) {
            self.name = name
            self.type = type
            self.shape = shape
        }
    }

    /// A dimension of fixed length, or of one that only has a name.
    public enum Dimension: Sendable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
        case fixed(Int64)
        case symbolic(String)

        public init(integerLiteral value: Int64) { self = .fixed(value) }
        public init(stringLiteral value: String) { self = .symbolic(value) }
    }

    /// Element types; the raw value is ONNX's number (`TensorProto.DataType`).
    public enum DataType: Int64, Sendable {
        case float32 = 1
        case uint8 = 2
        case int8 = 3
        case int32 = 6
        case int64 = 7
        case string = 8
        case bool = 9
        case float16 = 10
        case float64 = 11

        public init(_ type: ElementType) {
            self =
                switch type {
                case .float32: .float32
                case .float16: .float16
                case .uint8: .uint8
                case .int8: .int8
                case .int32: .int32
                case .int64: .int64
                case .bool: .bool
                }
        }
    }
}
