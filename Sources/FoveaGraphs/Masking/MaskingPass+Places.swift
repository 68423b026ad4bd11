extension MaskingPass {
    /// Operators that work on each number by itself, or on those of several
    /// values at the same place.
    private static let placewise: Set<String> = [
        "Abs", "Add", "Cast", "Celu", "Clip", "Div", "Elu", "Erf", "Exp", "Gelu", "HardSigmoid", "HardSwish",
        "Identity", "LeakyRelu", "Log", "Max", "Min", "Mish", "Mul", "Neg", "PRelu", "Pow", "Reciprocal",
        "Relu", "Selu", "Sigmoid", "Softplus", "Softsign", "Sqrt", "Sub", "Sum", "Tanh", "ThresholdedRelu",
    ]
    private static let notNegative: Set<String> = [
        "Abs", "Exp", "HardSigmoid", "Relu", "Sigmoid", "Softplus",
    ]

    mutating func placewise(_ node: NodeProto, _ inputs: [MaskedValue]) throws -> [NodeProto] {
        guard Self.placewise.contains(node.type) else {
            throw Declined(node, "is not known to keep places apart")
        }
        var result: MapFacts?
        for input in inputs {
            switch input {
            case .map(let facts):
                guard facts.level == result?.level ?? facts.level else {
                    throw Declined(node, "takes maps of different levels")
                }
                result = result ?? facts
            case .pooled: break
            case .constant(let shape):
                guard let shape, shape.count <= 4, shape.suffix(2).allSatisfy({ $0 == 1 }) else {
                    throw Declined(node, "takes a constant that is not the same at all places")
                }
            case .fixed: throw Declined(node, "takes a value of unknown shape")
            }
        }
        guard var result else { return [node] }
        result.isNotNegative =
            Self.notNegative.contains(node.type) || node.type == "Identity" && result.isNotNegative
        if node.type == "Cast" {
            guard let type = try node.int("to") else { throw Declined(node, "does not say to which type") }
            result.type = type
        }
        try give(node, .map(result))
        return [node]
    }

    /// Channel by channel, as long as it is not being trained.
    mutating func normalization(_ node: NodeProto) throws -> [NodeProto] {
        let facts = try facts(node)
        guard try node.int("training_mode") ?? 0 == 0 else { throw Declined(node, "is being trained") }
        try give(node, .map(MapFacts(level: facts.level, type: facts.type)))
        return [node]
    }

    mutating func concatenation(_ node: NodeProto, _ inputs: [MaskedValue]) throws -> [NodeProto] {
        guard try [1, -3].contains(node.int("axis") ?? 0) else { throw Declined(node, "joins no channels") }
        let maps = inputs.compactMap(\.map)
        guard maps.count == inputs.count, var result = maps.first,
            maps.allSatisfy({ $0.level == result.level })
        else { throw Declined(node, "joins more than maps of one level") }
        result.isNotNegative = maps.allSatisfy(\.isNotNegative)
        try give(node, .map(result))
        return [node]
    }

    mutating func split(_ node: NodeProto) throws -> [NodeProto] {
        let facts = try facts(node)
        guard try [1, -3].contains(node.int("axis") ?? 0) else { throw Declined(node, "parts no channels") }
        for output in node.outputs { values[output] = .map(facts) }
        return [node]
    }

    /// Enlarges by whole numbers so that each place becomes a square of places
    /// that look at it alone.
    mutating func enlargement(_ node: NodeProto) throws -> [NodeProto] {
        let facts = try facts(node)
        let isOld = node.type == "Upsample" || opset < 11
        let names = node.inputs
        let scales: [Float]
        if isOld {
            scales = try (names.count > 1 ? constants.floats(names[1]) : nil) ?? []
        } else {
            guard names.count == 3 || names.count == 4 && names[3].isEmpty else {
                throw Declined(node, "enlarges to a size")
            }
            scales = try constants.floats(names[2]) ?? []
        }
        guard scales.count == 4, scales[0] == 1, scales[1] == 1, scales[2] == scales[3],
            let factor = Int(exactly: scales[2]), 1...MaskedDetection.contentMultiple ~= factor,
            facts.level % factor == 0, try node.attribute("axes") == nil,
            try node.text("mode") ?? "nearest" == "nearest"
        else { throw Declined(node, "enlarges in a way that is not followed") }
        if !isOld {
            // Which of them take ⌊place / factor⌋, or no place further on.
            let transform = try node.text("coordinate_transformation_mode") ?? "half_pixel"
            let rounding = try node.text("nearest_mode") ?? "round_prefer_floor"
            let isKnown =
                switch transform {
                case "asymmetric": rounding == "floor"
                case "half_pixel", "pytorch_half_pixel": rounding != "ceil"
                default: false
                }
            guard isKnown else { throw Declined(node, "enlarges by \(transform) and \(rounding)") }
        }
        var result = facts
        result.level /= factor
        try give(node, .map(result))
        return [node]
    }

    /// A node that no map goes into: it gives the same on every canvas.
    mutating func unchanging(_ node: NodeProto, _ inputs: [MaskedValue]) throws -> [NodeProto] {
        try constants.note(node)
        let areConstant = inputs.allSatisfy(\.isConstant)
        for output in node.outputs where !output.isEmpty {
            if let tensor = constants[output] {
                values[output] = .constant(shape: tensor.shape)
            } else if areConstant {
                values[output] = .constant(shape: try shapeOfConstant(node))
            } else {
                values[output] = .fixed(rank: nil)
            }
        }
        guard !areConstant, node.outputs.count == 1, node.isStandard else { return [node] }
        try give(node, try shaped(node, inputs))
        return [node]
    }

    private func shapeOfConstant(_ node: NodeProto) throws -> [Int64]? {
        switch node.type {
        case "Reshape" where node.inputs.count > 1: try constants.ints(node.inputs[1])
        case "Cast": node.inputs.first.flatMap { shape(of: $0) }
        default: nil
        }
    }

    /// What is known of the shape that comes of pooled values.
    private func shaped(_ node: NodeProto, _ inputs: [MaskedValue]) throws -> MaskedValue {
        func isPooled(_ value: MaskedValue) -> Bool {
            switch value {
            case .pooled: true
            case .constant(let shape?): shape.count <= 4 && shape.suffix(2).allSatisfy { $0 == 1 }
            default: false
            }
        }
        let target = node.inputs.count > 1 ? try constants.ints(node.inputs[1]) : nil
        switch (node.type, inputs.first) {
        case ("Conv", .pooled):
            let weights = node.inputs.count > 1 ? shape(of: node.inputs[1]) : nil
            let window = try WindowGeometry(node, kernel: weights.map { Array($0.dropFirst(2)) })
            let isPlacewise = window.axes.allSatisfy { $0.span == 1 && $0.begin + $0.end == 0 }
            return isPlacewise ? .pooled : .fixed(rank: 4)
        case ("GlobalAveragePool", .pooled), ("BatchNormalization", .pooled): return .pooled
        case ("Reshape", _):
            guard let target else { return .fixed(rank: nil) }
            return target.count == 4 && target.suffix(2) == [1, 1] ? .pooled : .fixed(rank: target.count)
        case ("Flatten", _), ("Gemm", _): return .fixed(rank: 2)
        case ("Squeeze", .pooled):
            let axes = try target ?? node.ints("axes") ?? []
            return .fixed(rank: axes.isEmpty ? nil : 4 - axes.count)
        case ("Unsqueeze", .fixed(rank: 2)):
            let axes = Set(try target ?? node.ints("axes") ?? [])
            return axes == [2, 3] || axes == [-1, -2] ? .pooled : .fixed(rank: nil)
        case ("MatMul", .fixed(rank: 2)): return .fixed(rank: nil)
        case (let type, .fixed(let rank)) where inputs.count == 1 && Self.placewise.contains(type):
            return .fixed(rank: rank)
        case (let type, _) where Self.placewise.contains(type) && inputs.allSatisfy(isPooled): return .pooled
        default: return .fixed(rank: nil)
        }
    }
}
