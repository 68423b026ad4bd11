extension BatchPass {
    mutating func transposed(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        let given = try node.ints("perm") ?? []
        let order = given.isEmpty ? Array(shape.indices.reversed()) : given.map { Int(clamping: $0) }
        guard order.sorted() == Array(shape.indices), let moved = order.firstIndex(of: place.dimension) else {
            throw Declined(node, "puts dimensions in an order that is none")
        }
        try give(node, order.map { shape[$0] }, BatchPlace(dimension: moved, outer: place.outer))
    }

    /// What is the same for all is there once for each of the batch.
    mutating func joined(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> [NodeProto] {
        guard let index = inputs.firstIndex(where: { $0.place != nil }) else {
            throw Declined(node, "joins lengths in a way that is not followed")
        }
        let (shape, place) = try batched(node, inputs[index])
        let axis = try axis(node, node.int("axis"), rank: shape.count)
        guard axis != place.dimension, inputs.allSatisfy({ $0.place == nil || $0.place == place }),
            inputs.allSatisfy({ $0.shape?.count == shape.count })
        else { throw Declined(node, "joins over the batch") }
        var result = shape
        let lengths = inputs.map { $0.shape?[axis] }
        result[axis] = lengths.contains(nil) ? nil : lengths.reduce(0) { $0 &+ ($1 ?? 0) }
        try give(node, result, place)
        var changed = node
        var nodes: [NodeProto] = []
        for (position, input) in inputs.enumerated() where input.place == nil {
            guard place.outer == 1, shape[place.dimension] == 1, let own = input.shape,
                own[place.dimension] == 1
            else { throw Declined(node, "joins a constant for one only") }
            let (made, name) = try repeated(
                node.inputs[position], own, at: place.dimension, like: node.inputs[index])
            nodes += made
            changed.setInput(position, to: name)
        }
        return nodes + [changed]
    }

    /// A constant once for each of the batch: `Expand` to its own lengths but
    /// for the batch's, which is that of another value.
    private mutating func repeated(
        _ name: String, _ shape: [Int?], at dimension: Int, like other: String
    ) throws -> (nodes: [NodeProto], name: String) {
        let (lengths, batch, target) = (
            fresh("\(name)_like"), fresh("\(name)_batch"), fresh("\(name)_target")
        )
        let result = fresh("\(name)_repeated")
        // Where it expands, 1 leaves a length as it is.
        let before = try constant("\(name)_before", [Int64](repeating: 1, count: dimension))
        let after = try constant("\(name)_after", [Int64](repeating: 1, count: shape.count - dimension - 1))
        let place = try constant("\(name)_place", [Int64(dimension)])
        return (
            [
                NodeProto("Shape", [other], [lengths]),
                NodeProto("Gather", [lengths, place], [batch], [AttributeProto("axis", int: 0)]),
                NodeProto("Concat", [before, batch, after], [target], [AttributeProto("axis", int: 0)]),
                NodeProto("Expand", [name, target], [result]),
            ], result
        )
    }

    mutating func parted(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        let axis = try axis(node, node.int("axis") ?? 0, rank: shape.count)
        guard axis != place.dimension else { throw Declined(node, "parts the batch") }
        let given = try node.inputs.count > 1 ? constants.ints(node.inputs[1]) : node.ints("split")
        for (index, output) in node.outputs.enumerated() where !output.isEmpty {
            var part = shape
            if let given, given.indices.contains(index) {
                part[axis] = Int(clamping: given[index])
            } else {
                let count = node.outputs.count
                part[axis] = shape[axis].flatMap { $0 % count == 0 ? $0 / count : nil }
            }
            values[output] = BatchedValue(part, place)
        }
    }

    mutating func sliced(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        func list(_ index: Int, _ name: String) throws -> [Int64]? {
            if opset < 10 { return try node.ints(name) }
            return node.inputs.count > index ? try constants.ints(node.inputs[index]) : nil
        }
        let starts = try list(1, "starts")
        let given = try list(3, "axes") ?? starts.map { $0.indices.map(Int64.init) }
        guard let given else { throw Declined(node, "computes what it takes") }
        let axes = try given.map { try axis(node, $0, rank: shape.count) }
        guard !axes.contains(place.dimension) else { throw Declined(node, "takes a part of the batch") }
        var result = shape
        let (ends, steps) = (try list(2, "ends"), try list(4, "steps"))
        for (index, axis) in axes.enumerated() {
            guard let length = shape[axis], let starts, let ends, starts.count == axes.count,
                ends.count == axes.count, steps?[safe: index] ?? 1 == 1
            else {
                result[axis] = nil
                continue
            }
            func place(_ value: Int64) -> Int {
                min(max(Int(clamping: value < 0 ? value + Int64(length) : value), 0), length)
            }
            result[axis] = max(place(ends[index]) - place(starts[index]), 0)
        }
        try give(node, result, place)
    }

    mutating func padded(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let (shape, place) = try batched(node, inputs.first)
        let pads = try opset < 11 ? node.ints("pads") : constants.ints(node.inputs[safe: 1])
        guard let pads, pads.count == 2 * shape.count, node.inputs.count < 4 || node.inputs[3].isEmpty,
            pads[place.dimension] == 0, pads[place.dimension + shape.count] == 0
        else { throw Declined(node, "pads in a way that is not followed") }
        let result = shape.indices.map { index in
            shape[index].map { $0 &+ Int(clamping: pads[index]) &+ Int(clamping: pads[index + shape.count]) }
        }
        try give(node, result, place)
    }

    mutating func gathered(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> [NodeProto] {
        guard inputs.count == 2, let data = inputs[0].shape, let indices = inputs[1].shape else {
            throw Declined(node, "looks up in a way that is not followed")
        }
        let axis = try axis(node, node.int("axis") ?? 0, rank: data.count)
        let result = Array(data[..<axis]) + indices + Array(data[(axis + 1)...])
        switch (inputs[0].place, inputs[1].place) {
        case (let place?, nil) where place.dimension != axis:
            let dimension = place.dimension + (place.dimension > axis ? indices.count - 1 : 0)
            try give(node, result, BatchPlace(dimension: dimension, outer: place.outer))
        case (nil, let place?):
            try give(node, result, BatchPlace(dimension: axis + place.dimension, outer: place.outer))
        case (BatchPlace(dimension: 0)?, BatchPlace(dimension: 0)?)
        where axis == 0 && indices.count == 1 && indices[0] == 1:
            // The rows of all pictures below each other, and a row for each.
            guard let rows = data[0] else { throw Declined(node, "looks up in the batch") }
            try give(node, result, BatchPlace(dimension: 0))
            let (nodes, name) = try movedOn(node.inputs[1], by: rows)
            var changed = node
            changed.setInput(1, to: name)
            return nodes + [changed]
        default: throw Declined(node, "looks up in the batch")
        }
        return [node]
    }

    /// Indices of which the n-th is moved on by n times as many rows.
    private mutating func movedOn(_ indices: String, by rows: Int) throws -> ([NodeProto], String) {
        let (whole, lengths, count) = (fresh("rows"), fresh("rows_like"), fresh("rows_count"))
        let (pictures, starts, result) = (fresh("rows_pictures"), fresh("rows_starts"), fresh("rows_moved"))
        let zero = try constant("rows_zero", 0)
        let one = try constant("rows_one", 1)
        let each = try constant("rows_each", Int64(rows))
        return (
            [
                NodeProto(
                    "Cast", [indices], [whole], [AttributeProto("to", int: TensorProto.ElementType.int64)]),
                NodeProto("Shape", [whole], [lengths]),
                NodeProto("Gather", [lengths, zero], [count], [AttributeProto("axis", int: 0)]),
                NodeProto("Range", [zero, count, one], [pictures]),
                NodeProto("Mul", [pictures, each], [starts]),
                NodeProto("Add", [whole, starts], [result]),
            ], result
        )
    }

    /// Places of each picture in what belongs to it.
    mutating func gatheredByIndex(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        let first = BatchPlace(dimension: 0)
        guard inputs.count == 2, let data = inputs[0].shape, let indices = inputs[1].shape,
            try node.int("batch_dims") ?? 0 == 1, inputs[0].place == first, inputs[1].place == first,
            data.first == 1, indices.count >= 2, let depth = indices[indices.count - 1], depth >= 0,
            depth <= data.count - 1
        else { throw Declined(node, "looks up in the batch") }
        try give(node, Array(indices.dropLast()) + Array(data[(1 + depth)...]), first)
    }

    mutating func expanded(_ node: NodeProto, _ inputs: [BatchedValue]) throws {
        guard inputs.count == 2, let sizes = inputs[1].sizes, let shape = inputs[0].shape else {
            throw Declined(node, "repeats in a way that is not followed")
        }
        if node.type == "Tile" {
            let (shape, place) = try batched(node, inputs[0])
            guard sizes.count == shape.count, sizes[place.dimension] == .fixed(1) else {
                throw Declined(node, "repeats the batch")
            }
            let result = zip(shape, sizes).map { length, size in
                if size == .fixed(1) { length } else { nil as Int? }
            }
            return try give(node, result, place)
        }
        let target = BatchedValue(
            sizes.map { if case .fixed(let length) = $0 { length } else { nil } },
            try placeOfBatch(node, sizes))
        let lengths = zip(target.shape ?? [], sizes).map { $1.isBatched ? 1 : $0 }
        let value = try broadcast(
            node, [BatchedValue(shape, inputs[0].place), BatchedValue(lengths, target.place)])
        try give(node, value.shape, value.place)
    }

    func placeOfBatch(_ node: NodeProto, _ sizes: [BatchedSize]) throws -> BatchPlace? {
        let places = sizes.indices.filter { sizes[$0].isBatched }
        guard let place = places.first else { return nil }
        guard places.count == 1, sizes[place] == .batch(1) else {
            throw Declined(node, "has the batch in several lengths")
        }
        return BatchPlace(dimension: place)
    }
}

extension Array {
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
