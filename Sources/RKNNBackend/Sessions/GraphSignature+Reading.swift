import CRKNN
import FoveaCore
import Foundation

extension GraphSignature {
    /// What to call the converter's text among a model's metadata.
    static let customTextKey = "custom_string"

    /// Asks a context what its model takes and gives.
    ///
    /// - Throws: ``RKNNStatus``, or ``FoveaError/Code/modelInvalid`` with a
    ///   message about what the model has that cannot be used.
    init(of context: RKNNContext) throws {
        let reader = SignatureReader(
            context: context, counts: try context.counts(), customText: context.customText())
        let shapes = try context.shapes(inputs: reader.counts.inputs)
        self.init(
            rungs: try shapes.map(reader.rungs) ?? [reader.onlyRung()],
            choosesShapes: shapes != nil,
            metadata: reader.customText.map { [Self.customTextKey: $0] } ?? [:],
            precision: try reader.precision())
    }
}

private struct SignatureReader {
    let context: RKNNContext
    let counts: (inputs: Int, outputs: Int)
    let customText: String?

    /// Whether pictures are taken as they are decoded. The graph does not say,
    /// because the converter makes the same of either; Immich's exporter
    /// leaves the sizes it converted for, as JSON with the key `dims`, in
    /// those that do (immich_ml/sessions/rknn/__init__.py, `normalizes_input`).
    private var takesPixels: Bool {
        guard let customText else { return false }
        let object = try? JSONSerialization.jsonObject(with: Data(customText.utf8))
        return (object as? [String: Any])?["dims"] != nil
    }

    /// Of a model that was converted for one shape.
    func onlyRung() throws -> GraphSignature.Rung {
        GraphSignature.Rung(
            inputs: try inputs().map { try InputPort($0, takesPixels: takesPixels) },
            outputs: try outputs(RKNN_ASK_OUTPUT))
    }

    /// Of a model that was converted for several shapes.
    func rungs(_ shapes: [[[Int]]]) throws -> [GraphSignature.Rung] {
        let declared = try inputs()
        return try shapes.enumerated().map { index, shapes in
            try context.setShapes(shapes, rung: index)
            let inputs = try zip(declared, shapes).map { attributes, shape in
                var attributes = attributes
                attributes.dimensions = shape
                attributes.layout = shape.count == 4 ? RKNN_NHWC : RKNN_NO_LAYOUT
                return try InputPort(attributes, takesPixels: takesPixels)
            }
            return GraphSignature.Rung(inputs: inputs, outputs: try outputs(RKNN_ASK_CURRENT_OUTPUT))
        }
    }

    /// Whole numbers that stand for others say that the graph was quantised.
    /// What was not is computed in float16, also where tensors are handed over
    /// as float32, but for models that say bfloat16.
    func precision() throws -> String {
        let ports =
            try inputs()
            + (0..<counts.outputs).map { try PortAttributes(context.attributes(RKNN_ASK_OUTPUT, $0)) }
        if ports.contains(where: { $0.isQuantized && $0.type == RKNN_INT16 }) { return "int16" }
        if ports.contains(where: \.isQuantized) { return "int8" }
        return ports.contains { $0.type == RKNN_BFLOAT16 } ? "bf16" : "fp16"
    }

    private func inputs() throws -> [PortAttributes] {
        try (0..<counts.inputs).map { try PortAttributes(context.attributes(RKNN_ASK_INPUT, $0)) }
    }

    private func outputs(_ what: Int) throws -> [OutputPort] {
        try (0..<counts.outputs).map { try OutputPort(PortAttributes(context.attributes(what, $0))) }
    }
}
