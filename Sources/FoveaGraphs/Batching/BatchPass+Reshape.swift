extension BatchPass {
    mutating func squeezed(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> [NodeProto] {
        let (shape, place) = try batched(node, inputs.first)
        guard let given = try axes(node) else { throw Declined(node, "drops all lengths of one") }
        let axes = Set(try given.map { try axis(node, $0, rank: shape.count) })
        if axes.contains(place.dimension) {
            // A list of what was found in one picture: it gets its batch back.
            guard axes == [0], place == BatchPlace(dimension: 0), shape[0] == 1, isListed(node) else {
                throw Declined(node, "drops the batch")
            }
            try restore(node, shape)
            return [NodeProto("Identity", [node.inputs[0]], node.outputs)]
        }
        try give(
            node, shape.indices.filter { !axes.contains($0) }.map { shape[$0] },
            BatchPlace(dimension: place.dimension - axes.count { $0 < place.dimension }, outer: place.outer))
        return [node]
    }

    mutating func unsqueezed(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        let given = try axes(node) ?? []
        let rank = shape.count + given.count
        let axes = Set(try given.map { try axis(node, $0, rank: rank) })
        guard axes.count == given.count else { throw Declined(node, "adds a dimension twice") }
        var rest = shape.makeIterator()
        var result: [Int?] = []
        var moved = place.dimension
        var seen = 0
        for index in 0..<rank {
            if axes.contains(index) {
                result.append(1)
            } else {
                if seen == place.dimension { moved = index }
                seen += 1
                result.append(rest.next() ?? nil)
            }
        }
        try give(node, result, BatchPlace(dimension: moved, outer: place.outer))
    }

    mutating func flattened(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        guard try node.int("axis") ?? 1 == 1, place.dimension == 0 else {
            throw Declined(node, "makes one dimension of the batch and others")
        }
        var product: Int? = 1
        for length in shape.dropFirst() {
            guard let known = product, let length else {
                product = nil
                break
            }
            let (next, overflow) = known.multipliedReportingOverflow(by: length)
            product = overflow ? nil : next
        }
        try give(node, [shape[0], product], place)
    }

    mutating func reshaped(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> [NodeProto] {
        guard inputs.count == 2, try node.int("allowzero") ?? 0 == 0 else {
            throw Declined(node, "takes its lengths in a way that is not followed")
        }
        guard let sizes = inputs[1].sizes, inputs[1].place == nil else {
            throw Declined(node, "computes its lengths")
        }
        if inputs[1].isBatched { return try reshapedByBatch(node, inputs[0], sizes) }
        let (shape, place) = try batched(node, inputs.first)
        let target = sizes.map { if case .fixed(let length) = $0 { Int64(length) } else { Int64(-2) } }
        let plan = ReshapePlan(
            shape: shape, dimension: place.dimension, outer: place.outer, target: target)
        let isList = plan.map { $0.dimension != 0 || $0.shape[0] != 1 } ?? true
        if isListed(node), isList { return try listed(node, shape, place, target) }
        guard let plan else { throw Declined(node, "mixes the batch with what is not followed") }
        try give(node, plan.shape, BatchPlace(dimension: plan.dimension, outer: plan.outer))
        guard plan.target != target else { return [node] }
        var changed = node
        changed.setInput(1, to: try constant("\(node.outputs[0])_target", plan.target))
        return [changed]
    }

    /// The lengths are computed from those of what goes in, the batch too.
    private mutating func reshapedByBatch(
        _ node: NodeProto, _ input: BatchedValue, _ sizes: [BatchedSize]
    ) throws -> [NodeProto] {
        let places = sizes.indices.filter { sizes[$0].isBatched }
        guard places.count == 1, let place = places.first, case .batch(let factor) = sizes[place] else {
            throw Declined(node, "has the batch in several lengths")
        }
        var shape: [Int?] = sizes.map { if case .fixed(let length) = $0, length > 0 { length } else { nil } }
        shape[place] = factor
        // Which part of the length comes before the batch, the lengths do not say.
        let target = zip(sizes, shape).map { size, length in length.map(Int64.init) ?? -1 }
        var outer = 1
        if let own = input.shape, let from = input.place,
            let plan = ReshapePlan(shape: own, dimension: from.dimension, outer: from.outer, target: target)
        {
            shape = plan.shape
            if plan.dimension == place { outer = plan.outer }
        }
        try give(node, shape, BatchPlace(dimension: place, outer: outer))
        return [node]
    }

    /// A list of what was found in all pictures gets its batch back, in front.
    private mutating func listed(
        _ node: NodeProto, _ shape: [Int?], _ place: BatchPlace, _ target: [Int64]
    ) throws -> [NodeProto] {
        guard place.outer == 1, shape[place.dimension] == 1, target.count <= 8,
            target.dropFirst().allSatisfy({ $0 > 0 }), let first = target.first, first != 0
        else { throw Declined(node, "lists what was found in a way that is not followed") }
        var changed = node
        var nodes: [NodeProto] = []
        if place.dimension != 0 {
            let order = [place.dimension] + shape.indices.filter { $0 != place.dimension }
            let name = fresh("\(node.inputs[0])_by_batch")
            nodes.append(
                NodeProto(
                    "Transpose", [node.inputs[0]], [name],
                    [AttributeProto("perm", ints: order.map(Int64.init))]))
            changed.setInput(0, to: name)
        }
        changed.setInput(1, to: try constant("\(node.outputs[0])_target", [0, -1] + target.dropFirst()))
        try restore(node, [1, first > 0 ? Int(first) : nil] + target.dropFirst().map { Int($0) })
        return nodes + [changed]
    }
}
