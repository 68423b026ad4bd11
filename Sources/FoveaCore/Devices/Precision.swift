/// What numbers a graph is computed in.
public enum Precision: String, Sendable, Hashable, CaseIterable, Codable {
    /// 32-bit floating point: what every device can do, and what answers are
    /// compared with.
    case fp32
    /// 16-bit floating point with 5 bits of exponent (IEEE 754 binary16).
    case fp16
    /// 16-bit floating point with 8 bits of exponent.
    case bf16
    /// Whole numbers of 8 bits, in matrix products with constant weights: those
    /// are rounded once, and what they multiply at each run. On the processor.
    case int8
}
