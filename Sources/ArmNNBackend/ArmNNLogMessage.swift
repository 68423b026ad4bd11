/// Something that Arm NN, or this backend, wants known.
public struct ArmNNLogMessage: Sendable, Hashable {
    /// How much it matters.
    public enum Severity: Int, Sendable, Hashable, CaseIterable {
        case info, warning, error
    }

    public let severity: Severity
    public let text: String

    public init(severity: Severity, text: String) {
        self.severity = severity
        self.text = text
    }
}
