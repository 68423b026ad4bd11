/// Whether ROCm 7.2 runs on an AMD GPU.
public enum ROCmSupport: Sendable, Hashable {
    /// Its libraries have code for it.
    case supported
    /// They have code for a near relative, which it runs when
    /// `HSA_OVERRIDE_GFX_VERSION` passes it off as that.
    case byOverride(String)
    /// Neither.
    case unsupported

    /// Decides by the instruction set.
    ///
    /// Supported are the targets that AMD lists for ROCm 7.2: data centre and
    /// Radeon in
    /// https://rocm.docs.amd.com/projects/install-on-linux/en/docs-7.2.0/reference/system-requirements.html,
    /// Ryzen in
    /// https://rocm.docs.amd.com/projects/radeon-ryzen/en/docs-7.2/docs/compatibility/compatibilityryz/native_linux/native_linux_compatibility.html.
    ///
    /// What relatives pass for is what their owners report: the RDNA 2 family
    /// for gfx1030 (ROCm/ROCm#2353), gfx1102 and gfx1103 for gfx1100
    /// (immich-app/immich#16613). ROCm 7 has no code for Vega's gfx900 any
    /// more, which gfx90c could pass for (immich-app/immich#21648).
    public init(_ target: GFXTarget) {
        if Self.targets.contains(target.description) {
            self = .supported
        } else if (target.major, target.minor) == (10, 3) {
            self = .byOverride("10.3.0")
        } else if (target.major, target.minor) == (11, 0) {
            self = .byOverride("11.0.0")
        } else {
            self = .unsupported
        }
    }

    private static let targets: Set<String> = [
        "gfx908", "gfx90a", "gfx942", "gfx950",
        "gfx1030", "gfx1100", "gfx1101", "gfx1150", "gfx1151", "gfx1200", "gfx1201",
    ]
}
