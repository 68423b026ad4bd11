/// The mask at each level of a graph, and the nodes that make it.
struct LevelMasks {
    private struct Key: Hashable {
        var level: Int
        var type: Int64
    }

    /// In the order in which they run.
    private(set) var nodes: [NodeProto] = []
    private var names: [Key: String] = [:]

    /// The mask's name at a level, made if it is not there.
    ///
    /// Halved by 2 × 2 maxima: exact, because the picture's sides are
    /// multiples of the level, and an operator that every compiler has.
    mutating func mask(level: Int, type: Int64, name: (String) -> String) -> String {
        let key = Key(level: level, type: type)
        if let known = names[key] { return known }
        let float32 = TensorProto.ElementType.float32
        let made: String
        if type != float32 {
            let source = mask(level: level, type: float32, name: name)
            made = name("mask_\(level)_\(type)")
            nodes.append(NodeProto("Cast", [source], [made], [AttributeProto("to", int: type)]))
        } else if level == 1 {
            made = MaskedDetection.maskName
        } else {
            let source = mask(level: level / 2, type: float32, name: name)
            made = name("mask_\(level)")
            nodes.append(
                NodeProto(
                    "MaxPool", [source], [made],
                    [AttributeProto("kernel_shape", ints: [2, 2]), AttributeProto("strides", ints: [2, 2])]))
        }
        names[key] = made
        return made
    }
}
