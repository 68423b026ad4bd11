import FoveaCore
package import Foundation

/// Has matrix products with constant weights computed in bytes: a fourth of the
/// weights' memory, and a multiple of the speed on processors with
/// instructions for it.
///
/// Weights are rounded once (``MatrixWeights``); what is multiplied by them is
/// rounded at each run, by the range that it has then:
///
/// | before | after |
/// |---|---|
/// | `MatMul(a, w)` | `DynamicQuantizeLinear(a)`, `MatMulInteger`, `Cast`, `Mul` by both scales |
/// | `Gemm(a, w, c)` | the same, and `Add(c)` |
///
/// ONNX Runtime makes one kernel of these on a processor. Answers differ from
/// the original's: whoever uses the graph compares them first. Convolutions
/// stay as they are, because theirs take many times as long in bytes.
package enum QuantizedProducts {
    /// The first version of the standard operators with all that it takes.
    private static let leastOpset = 11

    /// Where weights are read and written.
    package struct Folders: Sendable {
        /// The original's, symbolic links resolved.
        package var source: URL
        /// The copy's, which need not exist.
        package var target: URL

        package init(source: URL, target: URL) {
            self.source = source
            self.target = target
        }
    }

    /// - Parameter range: the largest byte that a weight becomes.
    /// - Throws: what reading and writing throw.
    static func rewrite(_ model: inout ModelProto, range: Float, _ folders: Folders) throws {
        guard let opset = try model.opset else { throw Declined("it does not say which operators it uses") }
        guard opset >= leastOpset else {
            throw Declined(
                "its operators are of version \(opset), and those for bytes came with \(leastOpset)")
        }
        guard try !model.graph.externalFiles().contains(WeightWriter.name) else {
            throw Declined("it has weights in \(WeightWriter.name), as a quantised copy has")
        }
        let nodes = try model.graph.nodes()
        var pass = try QuantizingPass(model.graph, nodes, range: range, folders)
        var changed: [NodeProto] = []
        for node in nodes { changed += try pass.rewritten(node) }
        guard pass.productCount > 0 else {
            throw Declined("it has no matrix product with float32 weights that are many enough")
        }
        try pass.finish()
        // A graph in a node may use what nothing else does.
        if try !nodes.contains(where: { try $0.attributes().contains(where: \.hasGraph) }) {
            let used = Set(changed.flatMap(\.inputs)).union(try model.graph.outputs().map(\.name))
            let unused = pass.replaced.subtracting(used)
            try model.graph.removeInitializers(named: unused)
            changed.removeAll { $0.type == "Constant" && $0.outputs.allSatisfy(unused.contains) }
        }
        model.graph.setNodes(changed)
        model.graph.add(pass.added)
    }
}
