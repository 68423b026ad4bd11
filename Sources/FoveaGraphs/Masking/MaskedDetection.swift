/// Gives a text detection graph a second input that says where on its canvas
/// the picture is, so that what lies beside it changes nothing.
///
/// PP-OCR's detectors pool over the whole canvas and their convolutions see
/// past the picture's edge, where a canvas of its own has zeros. The rewritten
/// graph multiplies by the mask what such a convolution reads, and divides
/// what a global pool averages by the mean of the mask. The picture is in the
/// upper left corner, and its sides are multiples of ``contentMultiple``.
///
/// | input | |
/// |---|---|
/// | the graph's own | `[n, 3, height, width]`, beside the picture any finite numbers |
/// | `mask` | float32 `[1, 1, height, width]`: 1 in the picture, 0 beside it |
///
/// What the outputs hold beside the picture means nothing.
package enum MaskedDetection {
    /// The second input's name.
    package static let maskName = "mask"
    /// What the picture's sides, and the canvas's, are multiples of: no level
    /// of the graph may be coarser.
    package static let contentMultiple = 32

    static func rewrite(_ model: inout ModelProto) throws {
        guard let opset = try model.opset else { throw Declined("it does not say which operators it uses") }
        var pass = try MaskingPass(model.graph, opset: opset)
        var nodes: [NodeProto] = []
        for node in try model.graph.nodes() { nodes += try pass.rewritten(node) }
        for output in try model.graph.outputs() { try pass.checkOutput(output.name) }
        guard pass.usesMask else { throw Declined("nothing in it looks beside the picture") }
        model.graph.setNodes(pass.masks.nodes + nodes)
        var inputs = try model.graph.inputs()
        inputs.insert(pass.maskInput, at: pass.inputIndex + 1)
        model.graph.setInputs(inputs)
    }
}
