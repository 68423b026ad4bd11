extension BatchPass {
    /// `[…, m, k]` by `[…, k, n]`.
    mutating func product(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        guard inputs.count == 2, let left = inputs[0].shape, let right = inputs[1].shape, left.count >= 2,
            right.count >= 2
        else { throw Declined(node, "multiplies in a way that is not followed") }
        // Over the dimensions before the last two, they are side by side.
        func heads(_ value: BatchedValue, _ shape: [Int?]) -> BatchedValue {
            let place = value.place.flatMap { $0.dimension < shape.count - 2 ? $0 : nil }
            return BatchedValue(Array(shape.dropLast(2)), place)
        }
        let head = try broadcast(node, [heads(inputs[0], left), heads(inputs[1], right)])
        let rank = (head.shape?.count ?? 0) + 2
        var place = head.place
        if let own = inputs[0].place, own.dimension >= left.count - 2 {
            guard own.dimension == left.count - 2, inputs[1].place == nil else {
                throw Declined(node, "multiplies over the batch")
            }
            place = BatchPlace(dimension: rank - 2, outer: own.outer)
        }
        if let own = inputs[1].place, own.dimension >= right.count - 2 {
            guard own.dimension == right.count - 1, inputs[0].place == nil else {
                throw Declined(node, "multiplies over the batch")
            }
            place = BatchPlace(dimension: rank - 1, outer: own.outer)
        }
        try give(node, (head.shape ?? []) + [left[left.count - 2], right[right.count - 1]], place)
    }

    mutating func affine(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        guard shape.count == 2, place.dimension == 0, try node.int("transA") ?? 0 == 0, inputs.count >= 2,
            let weights = inputs[1].shape, weights.count == 2, inputs[1...].allSatisfy({ $0.place == nil })
        else { throw Declined(node, "multiplies over the batch") }
        if inputs.count > 2, let bias = inputs[2].shape, bias.count == 2, bias[0] != 1 {
            throw Declined(node, "takes a constant for one only")
        }
        try give(node, [shape[0], try node.int("transB") ?? 0 == 0 ? weights[1] : weights[0]], place)
    }

    /// Operators whose first dimension is the batch and whose second the channels.
    mutating func windows(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        guard place == BatchPlace(dimension: 0), shape[0] == 1, shape.count >= 3,
            inputs.dropFirst().allSatisfy({ $0.place == nil })
        else { throw Declined(node, "moves over the batch") }
        let weights = inputs.count > 1 ? inputs[1].shape : nil
        var result = shape
        switch node.type {
        case "Conv":
            guard let weights, weights.count == shape.count else {
                throw Declined(node, "has unknown weights")
            }
            result[1] = weights[0]
        case "ConvTranspose":
            guard let weights, weights.count == shape.count else {
                throw Declined(node, "has unknown weights")
            }
            let groups = Int(clamping: try node.int("group") ?? 1)
            result[1] = weights[1].flatMap {
                $0.multipliedReportingOverflow(by: groups).overflow ? nil : $0 * groups
            }
        default: break
        }
        for index in 2..<shape.count {
            result[index] =
                node.type.hasPrefix("Global") ? 1 : try length(node, shape[index], index - 2, weights)
        }
        try give(node, result, place)
    }

    /// ⌊(n + pads − span) / stride⌋ + 1; `nil` where it is not worth knowing.
    private func length(_ node: NodeProto, _ length: Int?, _ side: Int, _ weights: [Int?]?) throws -> Int? {
        guard let length, node.type != "ConvTranspose", try node.int("ceil_mode") ?? 0 == 0,
            try ["NOTSET", "VALID"].contains(node.text("auto_pad") ?? "NOTSET")
        else { return nil }
        func entry(_ name: String, _ index: Int, or standard: Int) throws -> Int? {
            let values = try node.ints(name) ?? []
            if values.isEmpty { return standard }
            guard values.indices.contains(index), 0...65_536 ~= values[index] else { return nil }
            return Int(values[index])
        }
        let sides = (try node.ints("pads") ?? []).count / 2
        guard
            let kernel = try entry("kernel_shape", side, or: weights.flatMap { $0[side + 2] } ?? 0),
            kernel > 0,
            let stride = try entry("strides", side, or: 1), stride > 0,
            let dilation = try entry("dilations", side, or: 1),
            let begin = try entry("pads", side, or: 0), let end = try entry("pads", side + sides, or: 0),
            length < 1 << 30
        else { return nil }
        let rest = length + begin + end - (kernel - 1) * dilation - 1
        return rest >= 0 ? rest / stride + 1 : nil
    }

    mutating func resized(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        let index = node.type == "Upsample" || opset < 11 ? 1 : 2
        let sizes = node.inputs.count > 3 && !node.inputs[3].isEmpty ? inputs[3].sizes : nil
        let scales = node.inputs.count > index ? try constants.floats(node.inputs[index]) : nil
        guard place == BatchPlace(dimension: 0), shape[0] == 1,
            scales?.first == 1 && scales?.count == shape.count
                || sizes?.first == .batch(1) && sizes?.count == shape.count
        else { throw Declined(node, "changes the size in a way that is not followed") }
        try give(node, [1, shape[1]] + [Int?](repeating: nil, count: shape.count - 2), place)
    }

    mutating func normalized(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        guard inputs.dropFirst().allSatisfy({ $0.place == nil }) else {
            throw Declined(node, "takes the batch in a way that is not followed")
        }
        let isOld = opset < 13 && ["Softmax", "LogSoftmax", "Hardmax"].contains(node.type)
        let given = node.type == "CumSum" ? try constants.ints(node.inputs[1])?.first : try node.int("axis")
        let axis = try axis(node, given ?? (isOld ? 1 : -1), rank: shape.count)
        // Layers are normalised from a dimension on, and old maxima, too.
        let isFrom = isOld || node.type == "LayerNormalization"
        guard isFrom ? place.dimension < axis : place.dimension != axis else {
            throw Declined(node, "works over the batch")
        }
        try give(node, shape, place)
    }

    mutating func reduced(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        let isArgument = node.type.hasPrefix("Arg")
        let given = isArgument ? [try node.int("axis") ?? 0] : try axes(node)
        guard let given else { throw Declined(node, "works over the batch") }
        let axes = Set(try given.map { try axis(node, $0, rank: shape.count) })
        guard !axes.contains(place.dimension) else { throw Declined(node, "works over the batch") }
        if try node.int("keepdims") ?? 1 != 0 {
            try give(node, shape.indices.map { axes.contains($0) ? 1 : shape[$0] }, place)
        } else {
            try give(
                node, shape.indices.filter { !axes.contains($0) }.map { shape[$0] },
                BatchPlace(
                    dimension: place.dimension - axes.count { $0 < place.dimension }, outer: place.outer))
        }
    }
}
