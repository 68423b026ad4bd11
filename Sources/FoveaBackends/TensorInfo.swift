public import FoveaCore

/// What a graph says about one of its inputs or outputs.
public struct TensorInfo: Sendable, Hashable {
    public var name: String
    public var elementType: ElementType
    /// Lengths of the dimensions; `nil` where any length will do.
    public var shape: [Int?]

    public init(name: String, elementType: ElementType, shape: [Int?]) {
        self.name = name
        self.elementType = elementType
        self.shape = shape
    }
}
