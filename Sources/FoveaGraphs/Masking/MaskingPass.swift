/// Goes through a text detection graph from its input to its outputs, and
/// knows of each value how it depends on the canvas.
struct MaskingPass {
    let opset: Int
    var constants: Constants
    var values: [String: MaskedValue] = [:]
    var masks = LevelMasks()
    let maskInput: ValueInfoProto
    /// The picture's place among the graph's inputs.
    let inputIndex: Int
    private var names: Set<String>
    /// What was multiplied by its mask, by the name of what it was.
    private var masked: [String: String] = [:]
    private(set) var usesMask = false

    init(_ graph: GraphProto, opset: Int) throws {
        self.opset = opset
        constants = try Constants(graph)
        for (name, tensor) in constants.tensors { values[name] = .constant(shape: tensor.shape) }
        let inputs = try graph.inputs()
        let weights = Set(constants.tensors.keys)
        let fed = inputs.indices.filter { !weights.contains(inputs[$0].name) }
        guard fed.count == 1, let index = fed.first else {
            throw Declined("it has \(fed.count) inputs instead of one picture")
        }
        let input = inputs[index]
        guard let type = try input.elementType, Self.floats.contains(type), let shape = try input.shape,
            shape.count == 4, shape[1] == .fixed(3)
        else { throw Declined("its input is no [n, 3, height, width] of floats") }
        for side in shape[2...] {
            if case .fixed(let length) = side { throw Declined("its input has the side \(length) only") }
        }
        values[input.name] = .map(MapFacts(level: 1, type: type))
        inputIndex = index
        maskInput = ValueInfoProto(
            MaskedDetection.maskName, type: TensorProto.ElementType.float32,
            shape: [.fixed(1), .fixed(1), shape[2], shape[3]])
        names = weights.union(inputs.map(\.name))
        for node in try graph.nodes() { names.formUnion(node.inputs + node.outputs) }
        guard !names.contains(MaskedDetection.maskName) else {
            throw Declined("it already has a value called \(MaskedDetection.maskName)")
        }
    }

    /// Numbers of the types that a mask can be multiplied with.
    private static let floats: Set<Int64> = [
        TensorProto.ElementType.float32, TensorProto.ElementType.float16,
    ]

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
        let inputs = try node.inputs.filter { !$0.isEmpty }.map { name in
            guard let value = values[name] else { throw Declined(node, "takes \(name), which nothing gives") }
            return value
        }
        guard inputs.contains(where: { $0.map != nil }) else { return try unchanging(node, inputs) }
        guard node.isStandard else { throw Declined(node, "is no standard operator") }
        switch node.type {
        case "Conv": return try convolution(node)
        case "ConvTranspose": return try transposedConvolution(node)
        case "MaxPool", "AveragePool": return try windowPool(node)
        case "GlobalAveragePool": return try globalPool(node, keepsSides: true)
        case "ReduceMean": return try mean(node)
        case "Resize", "Upsample": return try enlargement(node)
        case "Concat": return try concatenation(node, inputs)
        case "Split": return try split(node)
        case "BatchNormalization": return try normalization(node)
        default: return try placewise(node, inputs)
        }
    }

    /// A graph's output may depend on the canvas place by place only.
    func checkOutput(_ name: String) throws {
        guard values[name] != nil else { throw Declined("nothing gives its output \(name)") }
    }

    /// What a map is like at the input of a node that works on one.
    func facts(_ node: NodeProto) throws -> MapFacts {
        guard let name = node.inputs.first, let facts = values[name]?.map else {
            throw Declined(node, "takes a map where weights belong")
        }
        for name in node.inputs.dropFirst() where !name.isEmpty && values[name]?.isConstant != true {
            throw Declined(node, "has weights that are no constants")
        }
        return facts
    }

    mutating func give(_ node: NodeProto, _ value: MaskedValue) throws {
        guard node.outputs.count == 1, let output = node.outputs.first, !output.isEmpty else {
            throw Declined(node, "gives more than one value")
        }
        values[output] = value
    }

    /// A name that nothing in the graph has.
    mutating func fresh(_ stem: String) -> String {
        Self.fresh(stem, &names)
    }

    private static func fresh(_ stem: String, _ names: inout Set<String>) -> String {
        var name = "fovea/\(stem)"
        while !names.insert(name).inserted { name += "_" }
        return name
    }

    /// The mask at a map's level, in its type.
    mutating func mask(for facts: MapFacts, _ node: NodeProto) throws -> String {
        guard Self.floats.contains(facts.type) else { throw Declined(node, "works on no floats") }
        usesMask = true
        return masks.mask(level: facts.level, type: facts.type) { Self.fresh($0, &names) }
    }

    /// What a node reads with zeros beside the picture: the nodes that come
    /// before it, and the name of what they give.
    mutating func masking(_ node: NodeProto, _ facts: MapFacts) throws -> (nodes: [NodeProto], name: String) {
        let source = node.inputs[0]
        let mask = try mask(for: facts, node)
        if let known = masked[source] { return ([], known) }
        let name = fresh("\(source)_masked")
        masked[source] = name
        return ([NodeProto("Mul", [source, mask], [name])], name)
    }
}
