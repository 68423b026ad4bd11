/// A point in pixels of the picture it belongs to; x grows to the right, y
/// downwards, (0, 0) is the top-left corner.
public struct Point: Sendable, Hashable {
    public var x: Float
    public var y: Float

    public init(x: Float, y: Float) {
        self.x = x
        self.y = y
    }
}

/// An axis-aligned box in pixels. May reach beyond the picture.
public struct Box: Sendable, Hashable {
    /// Left, top, right and bottom edge.
    public var x1, y1, x2, y2: Float

    public init(x1: Float, y1: Float, x2: Float, y2: Float) {
        self.x1 = x1
        self.y1 = y1
        self.x2 = x2
        self.y2 = y2
    }
}
