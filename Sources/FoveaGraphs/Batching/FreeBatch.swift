/// Gives a graph that was made for one picture or text a batch of any number.
///
/// Its inputs and outputs get a free first length, and what is made for one
/// inside it is changed: targets of `Reshape`, and constants that are joined
/// to what is there once for each picture, such as a class token. Outputs that
/// list what was found in all of the batch, such as a face detector's
/// `[n, k]`, become `[batch, n, k]`.
///
/// The rules know shapes, not meanings: whoever uses the graph compares its
/// answers to a batch with those to each alone.
package enum FreeBatch {
    static func rewrite(_ model: inout ModelProto) throws {
        guard let opset = try model.opset else { throw Declined("it does not say which operators it uses") }
        let nodes = try model.graph.nodes()
        var pass = try BatchPass(model.graph, nodes, opset: opset)
        var changed: [NodeProto] = []
        for node in nodes { changed += try pass.rewritten(node) }
        let outputs = try model.graph.outputs().map { try pass.output($0) }
        model.graph.setNodes(changed)
        model.graph.add(pass.added)
        var inputs = try model.graph.inputs()
        for index in pass.fed {
            try inputs[index].changeShape { $0 == 0 ? .named(pass.batchName) : nil }
        }
        model.graph.setInputs(inputs)
        model.graph.setOutputs(outputs)
        // They speak of a batch of one.
        model.graph.dropValueInfos()
    }
}
