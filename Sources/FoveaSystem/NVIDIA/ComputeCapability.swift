/// What code an NVIDIA GPU runs, as two numbers: 5.2 for a GTX 980.
public struct ComputeCapability: Sendable, Hashable, Comparable, Codable {
    /// The generation.
    public var major: Int
    /// The variant within it.
    public var minor: Int

    /// `ComputeCapability(5, 2)` is 5.2.
    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    public static func < (one: Self, other: Self) -> Bool {
        (one.major, one.minor) < (other.major, other.minor)
    }
}

extension ComputeCapability: LosslessStringConvertible {
    public var description: String { "\(major).\(minor)" }

    /// Reads `8.6`; `nil` where the text is not two numbers.
    public init?(_ description: String) {
        let numbers = description.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.init(major, minor)
    }
}
