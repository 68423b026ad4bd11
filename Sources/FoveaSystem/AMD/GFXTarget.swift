/// The instruction set of an AMD GPU, as compilers name it: `gfx1103`.
public struct GFXTarget: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The generation: 11 for RDNA 3.
    public var major: Int
    /// The family within it.
    public var minor: Int
    /// The chip within that.
    public var stepping: Int

    /// The three numbers of a target: `GFXTarget(11, 0, 3)` is gfx1103.
    public init(_ major: Int, _ minor: Int, _ stepping: Int) {
        self.major = major
        self.minor = minor
        self.stepping = stepping
    }

    /// - Parameter version: `gfx_target_version` of the kernel's topology, two
    ///   decimal digits each for minor and stepping: 110003 is gfx1103, 90010
    ///   is gfx90a. `nil` for 0, which processors have.
    public init?(version: Int) {
        guard version > 0 else { return nil }
        self.init(version / 10000, version / 100 % 100, version % 100)
    }

    /// Minor and stepping are hexadecimal digits (LLVM's AMDGPUUsage).
    public var description: String {
        "gfx\(major)" + String(minor, radix: 16) + String(stepping, radix: 16)
    }
}
