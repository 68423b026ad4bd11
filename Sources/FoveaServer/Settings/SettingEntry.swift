/// One setting as it was read: what a report of the configuration shows.
public struct SettingEntry: Sendable, Hashable {
    /// Where a value came from.
    public enum Source: String, Sendable {
        case standard = "default"
        case environment
        /// Given on the command line.
        case option
    }

    /// The variable's name.
    public let name: String
    /// The value in use, as text; empty where there is none.
    public let value: String
    public let source: Source
    /// What the setting does, with its unit.
    public let meaning: String
}
