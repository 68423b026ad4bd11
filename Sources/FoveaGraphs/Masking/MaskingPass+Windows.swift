extension MaskingPass {
    /// A convolution whose window reads past the picture gets zeros there.
    mutating func convolution(_ node: NodeProto) throws -> [NodeProto] {
        let facts = try facts(node)
        let weights = node.inputs.count > 1 ? shape(of: node.inputs[1]) : nil
        let window = try WindowGeometry(node, kernel: weights.map { Array($0.dropFirst(2)) })
        try give(node, .map(MapFacts(level: try level(after: window, facts, node), type: facts.type)))
        guard window.axes.contains(where: \.readsBeyond) else { return [node] }
        return try reading(zerosBesideFor: node, facts)
    }

    /// Where windows read past the picture, maxima of what is not negative do
    /// not see zeros, and averages that count padding see zeros anyway.
    mutating func windowPool(_ node: NodeProto) throws -> [NodeProto] {
        let facts = try facts(node)
        let window = try WindowGeometry(node, kernel: nil)
        let isMaximum = node.type == "MaxPool"
        if try node.int("ceil_mode") ?? 0 != 0 {
            // Rounded up or down, it comes to the same.
            guard window.axes.allSatisfy({ ($0.begin + $0.end - $0.span) % $0.stride == 0 }) else {
                throw Declined(node, "rounds up the size of what it gives")
            }
        }
        var result = facts
        result.level = try level(after: window, facts, node)
        try give(node, .map(result))
        guard window.axes.contains(where: \.readsBeyond) else { return [node] }
        if isMaximum {
            guard facts.isNotNegative else {
                throw Declined(node, "takes maxima past the picture of what may be negative")
            }
        } else if try node.int("count_include_pad") ?? 0 == 0 {
            throw Declined(node, "averages past the picture")
        }
        return try reading(zerosBesideFor: node, facts)
    }

    /// Each place becomes a stride of places.
    mutating func transposedConvolution(_ node: NodeProto) throws -> [NodeProto] {
        let facts = try facts(node)
        let weights = node.inputs.count > 1 ? shape(of: node.inputs[1]) : nil
        let window = try WindowGeometry(node, kernel: weights.map { Array($0.dropFirst(2)) })
        guard try node.text("auto_pad").map({ ["NOTSET", "VALID"].contains($0) }) ?? true,
            try node.attribute("output_shape") == nil
        else { throw Declined(node, "is padded to a size") }
        let more = try node.ints("output_padding") ?? []
        guard more.isEmpty || more.count == 2 && more.allSatisfy({ 0...1024 ~= $0 }),
            zip(window.axes, more.isEmpty ? [0, 0] : more.map(Int.init)).allSatisfy({ axis, more in
                axis.span + more - axis.begin - axis.end == axis.stride
            })
        else { throw Declined(node, "does not enlarge by its stride") }
        let factor = window.vertical.stride
        guard window.horizontal.stride == factor, facts.level % factor == 0 else {
            throw Declined(node, "enlarges by \(window.axes.map(\.stride)), which is not followed")
        }
        try give(node, .map(MapFacts(level: facts.level / factor, type: facts.type)))
        // The place after the picture's last reaches back as far as the padding
        // before the first moves everything.
        guard window.axes.contains(where: { $0.begin > 0 }) else { return [node] }
        return try reading(zerosBesideFor: node, facts)
    }

    private func level(after window: WindowGeometry, _ facts: MapFacts, _ node: NodeProto) throws -> Int {
        let stride = window.vertical.stride
        guard window.horizontal.stride == stride, window.axes.allSatisfy(\.keepsGrid),
            MaskedDetection.contentMultiple % (facts.level * stride) == 0
        else { throw Declined(node, "moves in a way that is not followed") }
        return facts.level * stride
    }

    private mutating func reading(zerosBesideFor node: NodeProto, _ facts: MapFacts) throws -> [NodeProto] {
        let (nodes, name) = try masking(node, facts)
        var changed = node
        changed.setInput(0, to: name)
        return nodes + [changed]
    }

    func shape(of name: String) -> [Int64]? {
        if case .constant(let shape) = values[name] { shape } else { nil }
    }
}
