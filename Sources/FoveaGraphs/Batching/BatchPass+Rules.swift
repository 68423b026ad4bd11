extension BatchPass {
    /// Operators that work on each number by itself, or on those at the same
    /// place of several values.
    static let numberwise: Set<String> = [
        "Abs", "Add", "And", "BitShift", "Cast", "Ceil", "Celu", "Clip", "Cos", "Div", "Elu", "Equal", "Erf",
        "Exp", "Floor", "Gelu", "Greater", "GreaterOrEqual", "HardSigmoid", "HardSwish", "Identity", "IsInf",
        "IsNaN", "LeakyRelu", "Less", "LessOrEqual", "Log", "Max", "Mean", "Min", "Mish", "Mod", "Mul", "Neg",
        "Not", "Or", "PRelu", "Pow", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin",
        "Softplus",
        "Softsign", "Sqrt", "Sub", "Sum", "Tanh", "ThresholdedRelu", "Where", "Xor",
    ]

    /// A node that the batch goes through.
    mutating func followed(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> [NodeProto] {
        switch node.type {
        case let type where Self.numberwise.contains(type):
            let value = try broadcast(node, inputs)
            try give(node, value.shape, value.place)
        case "MatMul": try product(node, inputs)
        case "Gemm": try affine(node, inputs)
        case "Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool":
            try windows(node, inputs)
        case "Resize", "Upsample": try resized(node, inputs)
        case "BatchNormalization", "InstanceNormalization", "GroupNormalization", "LRN":
            let (shape, place) = try batched(node, inputs.first)
            guard place == BatchPlace(dimension: 0) else { throw Declined(node, "normalises over the batch") }
            try give(node, shape, place)
        case "LayerNormalization", "Softmax", "LogSoftmax", "Hardmax", "LpNormalization", "CumSum":
            try normalized(node, inputs)
        case "Dropout":
            let (shape, place) = try batched(node, inputs.first)
            try give(node, shape, place)
        case let type where type.hasPrefix("Reduce") || ["ArgMax", "ArgMin"].contains(type):
            try reduced(node, inputs)
        case "Transpose": try transposed(node, inputs)
        case "Concat": return try joined(node, inputs)
        case "Split": try parted(node, inputs)
        case "Slice": try sliced(node, inputs)
        case "Pad": try padded(node, inputs)
        case "Gather": return try gathered(node, inputs)
        case "GatherND": try gatheredByIndex(node, inputs)
        case "Expand", "Tile": try expanded(node, inputs)
        case "Squeeze": return try squeezed(node, inputs)
        case "Unsqueeze": try unsqueezed(node, inputs)
        case "Flatten": try flattened(node, inputs)
        case "Reshape": return try reshaped(node, inputs)
        default: throw Declined(node, "is not known to keep pictures apart")
        }
        return [node]
    }

    /// A list of the whole batch that has its batch back goes on as it is.
    mutating func passedOn(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> [NodeProto] {
        let others = zip(node.inputs, inputs).filter { !restored.contains($0.0) }
        guard Self.numberwise.contains(node.type), node.isStandard,
            others.allSatisfy({ $0.1.place == nil && ($0.1.shape.map { $0.allSatisfy { $0 == 1 } } ?? false) }
            ),
            let shape = zip(node.inputs, inputs).first(where: { restored.contains($0.0) })?.1.shape
        else { throw Declined(node, "works on a list of all that was found") }
        try restore(node, shape)
        return [node]
    }

    /// Values side by side, aligned at the last dimension.
    func broadcast(_ node: NodeProto, _ inputs: [BatchedValue]) throws -> BatchedValue {
        let rank = inputs.compactMap { $0.shape?.count }.max() ?? 0
        var shape = [Int?](repeating: 1, count: rank)
        var place: BatchPlace?
        for input in inputs {
            guard let own = input.shape else { continue }
            let shift = rank - own.count
            for (index, length) in own.enumerated() where length != 1 {
                shape[shift + index] = shape[shift + index] == 1 ? length : shape[shift + index] ?? length
            }
            guard let inner = input.place else { continue }
            let moved = BatchPlace(dimension: shift + inner.dimension, outer: inner.outer)
            guard place == nil || place == moved else {
                throw Declined(node, "takes batches in different places")
            }
            place = moved
        }
        guard let place else { return BatchedValue(shape) }
        for input in inputs where input.place == nil {
            guard let own = input.shape else { continue }
            let index = place.dimension - (rank - own.count)
            guard index < 0 || own[index] == 1 else { throw Declined(node, "takes a constant for one only") }
        }
        for input in inputs {
            guard let own = input.shape, let inner = input.place else { continue }
            guard own[inner.dimension] == shape[place.dimension] else {
                throw Declined(node, "takes batches of different lengths")
            }
        }
        return BatchedValue(shape, place)
    }
}
