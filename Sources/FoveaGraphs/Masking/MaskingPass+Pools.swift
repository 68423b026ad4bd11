extension MaskingPass {
    /// Averages over the picture: over all of the canvas with zeros beside the
    /// picture, divided by the part of it that the picture is. Unlike a sum,
    /// no number on the way is larger than what is averaged, so that a device
    /// may compute it in float16.
    ///
    /// - Parameter keepsSides: whether it gives `[n, channels, 1, 1]` rather
    ///   than `[n, channels]`.
    mutating func globalPool(_ node: NodeProto, keepsSides: Bool) throws -> [NodeProto] {
        let facts = try facts(node)
        try give(node, keepsSides ? .pooled : .fixed(rank: 2))
        let output = node.outputs[0]
        let (before, source) = try masking(node, facts)
        let mean = fresh("\(output)_mean")
        let part = fresh("\(output)_part")
        var ofMap = node
        ofMap.setInput(0, to: source)
        ofMap.setOutput(to: mean)
        var ofMask = node
        ofMask.dropName()
        ofMask.setInput(0, to: try mask(for: facts, node))
        ofMask.setOutput(to: part)
        return before + [ofMap, ofMask, NodeProto("Div", [mean, part], [output])]
    }

    /// A mean over both sides is a global pool; one over the channels stays
    /// where it is.
    mutating func mean(_ node: NodeProto) throws -> [NodeProto] {
        let facts = try facts(node)
        let keepsSides = try node.int("keepdims") ?? 1 != 0
        let given =
            opset >= 18 && node.inputs.count > 1
            ? try constants.ints(node.inputs[1]) : try node.ints("axes")
        let axes = Set((given ?? []).map { $0 < 0 ? $0 + 4 : $0 })
        switch axes {
        case [2, 3]: return try globalPool(node, keepsSides: keepsSides)
        case [1] where keepsSides:
            try give(node, .map(facts))
            return [node]
        default: throw Declined(node, "averages over the axes \(given ?? [])")
        }
    }
}
