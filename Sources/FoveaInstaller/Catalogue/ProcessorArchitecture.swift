/// A processor family that there are wheels for, by the name that wheels use.
public enum ProcessorArchitecture: String, Sendable, Hashable, CaseIterable {
    /// 64-bit Intel and AMD.
    case x86_64
    /// 64-bit Arm.
    case aarch64

    /// What this program was built for; `nil` if there are no wheels for it.
    public static var current: ProcessorArchitecture? {
        #if arch(x86_64)
            .x86_64
        #elseif arch(arm64)
            .aarch64
        #else
            nil
        #endif
    }
}
