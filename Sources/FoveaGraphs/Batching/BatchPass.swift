/// Goes through a graph from its inputs to its outputs, and knows of each
/// value where the batch is in it.
struct BatchPass {
    let opset: Int
    var constants: Constants
    var values: [String: BatchedValue] = [:]
    /// Places of the inputs that are fed, among all.
    let fed: [Int]
    /// What the free length is called.
    let batchName: String
    /// Constants that changed nodes take.
    private(set) var added: [TensorProto] = []
    /// Values that are passed on to outputs number by number.
    private let listed: Set<String>
    /// Values that have a dimension more than they had, the batch's.
    private(set) var restored: Set<String> = []
    private var names: Set<String>

    init(_ graph: GraphProto, _ nodes: [NodeProto], opset: Int) throws {
        self.opset = opset
        constants = try Constants(graph)
        let weights = constants.tensors
        for (name, tensor) in weights { values[name] = try Self.value(of: tensor) }
        let inputs = try graph.inputs()
        fed = inputs.indices.filter { weights[inputs[$0].name] == nil }
        guard !fed.isEmpty else { throw Declined("it has no inputs") }
        var symbols: Set<String> = []
        for index in fed {
            guard let shape = try inputs[index].shape, let first = shape.first else {
                throw Declined("its input \(inputs[index].name) has no first length")
            }
            guard case .fixed(let length) = first else { throw Declined("it takes any number at once") }
            guard length == 1 else { throw Declined("it takes \(length) at once") }
            values[inputs[index].name] = BatchedValue(
                shape.map {
                    if case .fixed(let length) = $0, 0...Self.maxLength ~= length { Int(length) } else { nil }
                },
                BatchPlace(dimension: 0))
            for case .named(let name) in shape { symbols.insert(name) }
        }
        batchName = symbols.contains("batch") ? "fovea_batch" : "batch"
        names = Set(weights.keys).union(inputs.map(\.name))
        for node in nodes { names.formUnion(node.inputs + node.outputs) }
        listed = try Self.listed(nodes, Set(try graph.outputs().map(\.name)))
    }

    /// Values that outputs list: all that is made of them are outputs that
    /// have the same numbers in the same order, one by one.
    private static func listed(_ nodes: [NodeProto], _ outputs: Set<String>) throws -> Set<String> {
        var listed = outputs
        var others: Set<String> = []
        for node in nodes.reversed() {
            let isPassedOn =
                numberwise.contains(node.type) && node.isStandard && node.outputs.count == 1
                && listed.contains(node.outputs[0])
            for input in node.inputs {
                if isPassedOn, !others.contains(input) { listed.insert(input) } else { others.insert(input) }
            }
        }
        return listed.subtracting(others)
    }

    /// The nodes to put in a node's place.
    ///
    /// - Throws: ``Declined`` where the rules do not cover it.
    mutating func rewritten(_ node: NodeProto) throws -> [NodeProto] {
        for output in node.outputs where values[output] != nil {
            throw Declined(node, "is not the first to give it")
        }
        guard try !node.attributes().contains(where: { $0.hasGraph || $0.isReference }) else {
            throw Declined(node, "has nodes inside")
        }
        try constants.note(node)
        if let output = node.outputs.first, let tensor = constants[output] {
            values[output] = try Self.value(of: tensor)
            return [node]
        }
        let inputs = try node.inputs.map { name in
            guard !name.isEmpty else { return BatchedValue([]) }
            guard let value = values[name] else { throw Declined(node, "takes \(name), which nothing gives") }
            return value
        }
        if node.inputs.contains(where: restored.contains) { return try passedOn(node, inputs) }
        if try sized(node, inputs) { return [node] }
        guard inputs.contains(where: \.isBatched) else {
            let shape = Self.numberwise.contains(node.type) ? try? broadcast(node, inputs).shape : nil
            for output in node.outputs where !output.isEmpty { values[output] = BatchedValue(shape) }
            return [node]
        }
        guard node.isStandard else { throw Declined(node, "is no standard operator") }
        return try followed(node, inputs)
    }

    /// What becomes of a graph's output.
    func output(_ info: ValueInfoProto) throws -> ValueInfoProto {
        guard let value = values[info.name] else { throw Declined("nothing gives its output \(info.name)") }
        guard value.place == BatchPlace(dimension: 0), let shape = value.shape else {
            throw Declined("its output \(info.name) does not list pictures one by one")
        }
        var changed = info
        if restored.contains(info.name) {
            guard let type = try info.elementType, let old = try info.shape, old.count + 1 == shape.count
            else {
                throw Declined("its output \(info.name) has another shape than it says")
            }
            return ValueInfoProto(info.name, type: type, shape: [.named(batchName)] + old)
        }
        guard shape[0] == 1 else { throw Declined("its output \(info.name) lists pictures and more in one") }
        try changed.changeShape { $0 == 0 ? .named(batchName) : nil }
        return changed
    }

    // MARK: What rules use

    mutating func give(_ node: NodeProto, _ shape: [Int?]?, _ place: BatchPlace?) throws {
        guard shape?.count ?? 0 <= Self.maxSizes else { throw Declined(node, "has too many dimensions") }
        guard node.outputs.count == 1, let output = node.outputs.first, !output.isEmpty else {
            throw Declined(node, "gives more than one value")
        }
        values[output] = BatchedValue(shape, place)
    }

    /// A value that the batch is in, of a known number of dimensions.
    func batched(_ node: NodeProto, _ value: BatchedValue?) throws -> (shape: [Int?], place: BatchPlace) {
        guard let value, let shape = value.shape, let place = value.place,
            shape.indices.contains(place.dimension)
        else { throw Declined(node, "takes the batch in a way that is not followed") }
        return (shape, place)
    }

    /// A dimension counted from the first, from an attribute that may count
    /// from the last.
    func axis(_ node: NodeProto, _ axis: Int64?, rank: Int) throws -> Int {
        guard let axis else { throw Declined(node, "does not say along which dimension") }
        let index = axis < 0 ? Int(clamping: axis) + rank : Int(clamping: axis)
        guard (0..<max(rank, 1)).contains(index) else {
            throw Declined(node, "works along dimension \(axis) of \(rank)")
        }
        return index
    }

    /// Axes, which newer operators take as an input.
    func axes(_ node: NodeProto) throws -> [Int64]? {
        if node.inputs.count > 1, !node.inputs[1].isEmpty {
            guard let axes = try constants.ints(node.inputs[1]) else {
                throw Declined(node, "computes its dimensions")
            }
            return axes
        }
        return try node.ints("axes").flatMap { $0.isEmpty ? nil : $0 }
    }

    mutating func fresh(_ stem: String) -> String {
        var name = "fovea/\(stem)"
        while !names.insert(name).inserted { name += "_" }
        return name
    }

    /// The name of a new constant.
    mutating func constant(_ stem: String, _ ints: [Int64]) throws -> String {
        let name = fresh(stem)
        added.append(TensorProto(named: name, ints: ints))
        return name
    }

    /// The name of a new constant that is one number.
    mutating func constant(_ stem: String, _ int: Int64) throws -> String {
        let name = fresh(stem)
        added.append(TensorProto(named: name, shape: [], ints: [int]))
        return name
    }

    mutating func restore(_ node: NodeProto, _ shape: [Int?]) throws {
        try give(node, shape, BatchPlace(dimension: 0))
        restored.insert(node.outputs[0])
    }

    func isListed(_ node: NodeProto) -> Bool { node.outputs.first.map(listed.contains) ?? false }

    /// No length is longer: what is, is taken for unknown.
    private static let maxLength: Int64 = 1 << 31
    /// Lists of lengths have one for each dimension, and values not many.
    static let maxSizes = 64

    private static func value(of tensor: TensorProto) throws -> BatchedValue {
        let shape = tensor.shape.map { length in 0...maxLength ~= length ? Int(length) : nil }
        let isShort = shape.isEmpty || shape.count == 1 && (shape[0] ?? .max) <= maxSizes
        let ints = isShort ? try tensor.ints() : nil
        return BatchedValue(shape, sizes: ints?.map { .fixed(Int(clamping: $0)) })
    }
}
