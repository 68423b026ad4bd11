public import Logging

/// What a line of the log is about, the value of its metadata key `source`;
/// see docs/logging.md.
public enum LogSource: String, Sendable, CaseIterable {
    /// One request, which the key `request` names.
    case request
    /// The service itself: what starts, stops, loads and changes its state.
    case background
}

extension Logger {
    /// The same log for events about the service itself.
    public var background: Logger { with(.background) }

    /// The same log for events about one request.
    ///
    /// - Parameter id: what tells it from others; no part of what it asks.
    public func request(_ id: String) -> Logger {
        var logger = with(.request)
        logger[metadataKey: "request"] = .string(id)
        return logger
    }

    private func with(_ source: LogSource) -> Logger {
        var logger = self
        logger[metadataKey: "source"] = .string(source.rawValue)
        return logger
    }
}
