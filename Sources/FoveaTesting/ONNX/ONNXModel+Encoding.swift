import FoveaCore

// Field numbers are those of onnx.proto3 (github.com/onnx/onnx). Dictionaries
// are written in the order of their keys, so that equal models are equal bytes.

extension ONNXModel {
    /// The bytes of the model's file.
    public func encoded() -> [UInt8] {
        var model = ProtobufWriter()
        model.write(1, ir)
        model.write(2, "FoveaTesting")
        model.write(7) { graph.encode(into: &$0) }
        model.write(8) { operatorSet in
            operatorSet.write(1, "")
            operatorSet.write(2, opset)
        }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            model.write(14) { entry in
                entry.write(1, key)
                entry.write(2, value)
            }
        }
        return model.bytes
    }
}

extension ONNXModel.Graph {
    func encode(into graph: inout ProtobufWriter) {
        for node in nodes { graph.write(1) { node.encode(into: &$0) } }
        graph.write(2, "graph")
        for (name, tensor) in initializers.sorted(by: { $0.key < $1.key }) {
            graph.write(5) { tensor.encode(named: name, into: &$0) }
        }
        for input in inputs { graph.write(11) { input.encode(into: &$0) } }
        for output in outputs { graph.write(12) { output.encode(into: &$0) } }
    }
}

extension ONNXModel.Node {
    func encode(into node: inout ProtobufWriter) {
        for input in inputs { node.write(1, input) }
        for output in outputs { node.write(2, output) }
        node.write(4, type)
        for (name, attribute) in attributes.sorted(by: { $0.key < $1.key }) {
            node.write(5) { attribute.encode(named: name, into: &$0) }
        }
    }
}

extension ONNXModel.Attribute {
    func encode(named name: String, into attribute: inout ProtobufWriter) {
        attribute.write(1, name)
        // Field 20 tells which of the value's fields counts.
        switch self {
        case .float(let value):
            attribute.write(2, float: value)
            attribute.write(20, 1)
        case .int(let value):
            attribute.write(3, value)
            attribute.write(20, 2)
        case .string(let value):
            attribute.write(4, value)
            attribute.write(20, 3)
        case .tensor(let value):
            attribute.write(5) { value.encode(named: "", into: &$0) }
            attribute.write(20, 4)
        case .graph(let value):
            attribute.write(6) { value.encode(into: &$0) }
            attribute.write(20, 5)
        case .floats(let values):
            for value in values { attribute.write(7, float: value) }
            attribute.write(20, 6)
        case .ints(let values):
            for value in values { attribute.write(8, value) }
            attribute.write(20, 7)
        }
    }
}

extension ONNXModel.Value {
    func encode(into value: inout ProtobufWriter) {
        value.write(1, name)
        value.write(2) { type in
            type.write(1) { tensor in
                tensor.write(1, self.type.rawValue)
                tensor.write(2) { shape in
                    for dimension in self.shape {
                        shape.write(1) { dimension.encode(into: &$0) }
                    }
                }
            }
        }
    }
}

extension ONNXModel.Dimension {
    func encode(into dimension: inout ProtobufWriter) {
        switch self {
        case .fixed(let length): dimension.write(1, length)
        case .symbolic(let name): dimension.write(2, name)
        }
    }
}

extension Tensor {
    fileprivate func encode(named name: String, into tensor: inout ProtobufWriter) {
        for length in shape { tensor.write(1, Int64(length)) }
        tensor.write(2, ONNXModel.DataType(elementType).rawValue)
        tensor.write(8, name)
        // Raw data is little-endian, as is every machine that runs the tests.
        tensor.write(9, storage.bytes)
    }
}
