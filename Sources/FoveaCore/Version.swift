/// Which Fovea this is.
public enum Version {
    /// A semantic version: `major.minor.patch`.
    public static let current = "0.1.0"
}
