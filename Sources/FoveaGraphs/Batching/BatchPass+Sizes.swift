extension BatchPass {
    /// Follows lengths that nodes compute with.
    ///
    /// - Returns: whether the node gives such.
    mutating func sized(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> Bool {
        guard node.isStandard, node.outputs.count == 1, let output = node.outputs.first else { return false }
        if node.type == "Shape" {
            guard let shape = inputs.first?.shape else { return false }
            var sizes = shape.map { $0.map { BatchedSize.fixed($0) } ?? .unknown }
            if let place = inputs[0].place {
                sizes[place.dimension] = shape[place.dimension].map { .batch($0) } ?? .unknown
                guard shape[place.dimension] != nil else {
                    throw Declined(node, "asks for an unknown length")
                }
            }
            let end = try node.int("end").map { Int(clamping: $0) } ?? sizes.count
            let start = try node.int("start").map { Int(clamping: $0) } ?? 0
            func place(_ value: Int) -> Int {
                min(max(value < 0 ? value + sizes.count : value, 0), sizes.count)
            }
            sizes = place(start) < place(end) ? Array(sizes[place(start)..<place(end)]) : []
            values[output] = BatchedValue([sizes.count], sizes: sizes)
            return true
        }
        guard inputs.allSatisfy({ $0.place == nil }), let first = inputs.first?.sizes else { return false }
        guard let (sizes, rank) = try computed(node, inputs, first), sizes.count <= Self.maxSizes else {
            // A length that is lost must not be taken for one of a batch of one.
            if inputs.contains(where: \.isBatched), node.type != "Reshape", node.type != "Expand" {
                throw Declined(node, "computes with the batch in a way that is not followed")
            }
            return false
        }
        values[output] = BatchedValue(rank == 0 ? [] : [sizes.count], sizes: sizes)
        return true
    }

    private func computed(
        _ node: NodeProto, _ inputs: [BatchedValue], _ first: [BatchedSize]
    ) throws -> (sizes: [BatchedSize], rank: Int)? {
        let rank = inputs[0].shape?.count ?? 1
        switch node.type {
        case "Identity", "Cast": return (first, rank)
        case "Unsqueeze" where rank == 0: return (first, 1)
        case "Squeeze" where first.count == 1: return (first, 0)
        case "Gather" where rank == 1:
            guard inputs.count == 2, let places = inputs[1].sizes else { return nil }
            let taken = places.map { place -> BatchedSize? in
                guard case .fixed(let index) = place else { return nil }
                return first[safe: index < 0 ? index + first.count : index]
            }
            guard !taken.contains(nil) else { return nil }
            return (taken.compactMap { $0 }, inputs[1].shape?.count ?? 1)
        case "Concat":
            let parts = inputs.map(\.sizes)
            guard !parts.contains(where: { $0 == nil }) else { return nil }
            return (parts.flatMap { $0 ?? [] }, 1)
        case "Slice" where rank == 1 && opset >= 10 && node.inputs.count < 5:
            guard let start = try constants.ints(node.inputs[safe: 1])?.first,
                let end = try constants.ints(node.inputs[safe: 2])?.first
            else { return nil }
            func place(_ value: Int64) -> Int {
                min(max(Int(clamping: value < 0 ? value + Int64(first.count) : value), 0), first.count)
            }
            return (place(start) < place(end) ? Array(first[place(start)..<place(end)]) : [], 1)
        case "Mul":
            guard inputs.count == 2, let second = inputs[1].sizes,
                first.count == second.count || first.count == 1 || second.count == 1
            else { return nil }
            let count = max(first.count, second.count)
            let products = (0..<count).map { index -> BatchedSize in
                switch (first[first.count == 1 ? 0 : index], second[second.count == 1 ? 0 : index]) {
                case (.fixed(let a), .fixed(let b)): Self.product(a, b).map { .fixed($0) } ?? .unknown
                case (.fixed(let a), .batch(let b)), (.batch(let a), .fixed(let b)):
                    Self.product(a, b).map { .batch($0) } ?? .unknown
                default: .unknown
                }
            }
            return (products, max(rank, inputs[1].shape?.count ?? 1))
        default: return nil
        }
    }

    private static func product(_ first: Int, _ second: Int) -> Int? {
        let (product, overflow) = first.multipliedReportingOverflow(by: second)
        return overflow ? nil : product
    }
}
