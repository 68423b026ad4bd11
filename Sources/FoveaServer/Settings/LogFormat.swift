/// How a line of the log is written.
public enum LogFormat: String, Sendable, CaseIterable {
    /// For people, as Immich's machine-learning container does.
    case text
    /// For programs: one JSON object a line.
    case json
}
