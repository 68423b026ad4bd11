/// What a new shape of its inputs costs a session.
public enum ShapeSupport: Sendable, Hashable {
    /// Next to nothing: give each input the shape that fits it best.
    case any
    /// Time and memory: the first run with each shape compiles or searches for
    /// kernels. Keep to a short list of shapes.
    case few
}
