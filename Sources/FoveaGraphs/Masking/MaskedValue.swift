/// What is known of a value in a text detection graph.
enum MaskedValue {
    /// The same whatever goes in.
    case constant(shape: [Int64]?)
    /// `[n, channels, height / level, width / level]`: a number for each
    /// place on the canvas.
    case map(MapFacts)
    /// `[n, channels, 1, 1]`, the same on every canvas.
    case pooled
    /// The same on every canvas; of a rank that may be known.
    case fixed(rank: Int?)

    var map: MapFacts? {
        if case .map(let facts) = self { facts } else { nil }
    }

    var isConstant: Bool {
        if case .constant = self { true } else { false }
    }
}

struct MapFacts {
    /// Pixels of the canvas that one of its places stands for, along a side.
    var level: Int
    /// ONNX's number of the element type.
    var type: Int64
    /// Whether all its numbers are known to be 0 or more.
    var isNotNegative = false
}
