import CRKNN
import FoveaCore
import Synchronization

extension RKNNContext {
    /// Chooses one of the shapes that the model was converted for.
    ///
    /// - Parameters:
    ///   - shapes: one an input, as the runtime orders the dimensions.
    ///   - index: which of the model's shapes that is.
    func setShapes(_ shapes: [[Int]], rung index: Int) throws(RKNNStatus) {
        guard rung.withLock({ $0 != index }) else { return }
        rung.withLock { $0 = nil }
        var inputs: [RKNNAttributes] = []
        for (input, shape) in shapes.enumerated() {
            var attributes = try attributes(RKNN_ASK_INPUT, input)
            attributes.rank = UInt32(shape.count)
            withUnsafeMutableBytes(of: &attributes.dimensions) { bytes in
                let dimensions = bytes.bindMemory(to: UInt32.self)
                for (position, length) in shape.enumerated() { dimensions[position] = UInt32(length) }
            }
            // No other layouts are allowed ("Dynamic Shape Usage").
            attributes.layout = Int32(shape.count == 4 ? RKNN_NHWC : RKNN_NO_LAYOUT)
            inputs.append(attributes)
        }
        let status = library.functions.setShapes?(handle, UInt32(inputs.count), &inputs)
        try library.check("rknn_set_input_shapes", status)
        rung.withLock { $0 = index }
    }

    /// Runs the model once. Blocks.
    func run(_ tensors: [Tensor], _ rung: GraphSignature.Rung) throws -> [Tensor] {
        let arranged = zip(rung.inputs, tensors).map { $0.arranged($1) }
        try withExtendedLifetime(arranged) {
            var inputs = zip(rung.inputs, arranged).enumerated().map { index, input in
                RKNNInput(index, input.0, input.1)
            }
            let status = library.functions.setInputs(handle, UInt32(inputs.count), &inputs)
            try library.check("rknn_inputs_set", status)
        }
        try library.check("rknn_run", library.functions.run(handle, nil))
        return try takeOutputs(rung.outputs)
    }

    private func takeOutputs(_ ports: [OutputPort]) throws -> [Tensor] {
        var outputs = ports.enumerated().map { index, port in
            RKNNOutput(
                wantsFloat: port.wantsFloat ? 1 : 0, isPreallocated: 0, index: UInt32(index), elements: nil,
                bytes: 0)
        }
        let count = UInt32(outputs.count)
        try library.check("rknn_outputs_get", library.functions.getOutputs(handle, count, &outputs, nil))
        defer { _ = library.functions.releaseOutputs(handle, count, &outputs) }
        return try zip(ports, outputs).map { port, output in
            guard let elements = output.elements, Int(output.bytes) >= port.byteCount else {
                throw FoveaError(
                    .engineFailed,
                    "\(output.bytes) bytes came for the output \"\(port.name)\", which has \(port.byteCount)."
                )
            }
            return port.tensor(copying: elements)
        }
    }
}

extension RKNNInput {
    /// Describes a tensor to the runtime, which converts its elements.
    fileprivate init(_ index: Int, _ port: InputPort, _ tensor: Tensor) {
        self.init(
            index: UInt32(index), elements: tensor.storage.bytes.baseAddress,
            bytes: UInt32(clamping: tensor.storage.bytes.count), passThrough: 0,
            type: Int32(port.elementType.rknn),
            layout: Int32(port.attributes.layout))
    }
}
