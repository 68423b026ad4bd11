/// How much care is taken over a picture's pixels.
public enum PictureDecoding: String, Sendable, CaseIterable {
    /// The pixels that answers were always computed from.
    case exact
    /// JPEGs that only an embedding is wanted of are decoded at a part of their
    /// size, with at least twice the pixels that the model looks at.
    case fast
}
