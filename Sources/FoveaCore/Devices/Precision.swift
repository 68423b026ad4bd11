/// What numbers a graph is computed in.
public enum Precision: String, Sendable, Hashable, CaseIterable, Codable {
    /// 32-bit floating point: what every device can do, and what answers are
    /// compared with.
    case fp32
    /// 16-bit floating point with 5 bits of exponent (IEEE 754 binary16).
    case fp16
    /// 16-bit floating point with 8 bits of exponent.
    case bf16
}
