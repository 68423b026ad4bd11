import FoveaServer
import Foundation
import Logging
import Synchronization

/// Writes log lines the way Immich's machine-learning container does, without
/// wrapping them: `[11/23/26 08:15:00] INFO     message`; or as JSON, with
/// metadata.
struct ServiceLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level
    let format: LogFormat
    let usesColor: Bool

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        switch format {
        case .text: StandardOutput.write(text(event))
        case .json: StandardOutput.write(JSONLogLine(event, time: .now, metadata: metadata).bytes)
        }
    }

    private func text(_ event: LogEvent) -> String {
        let label = Self.label(event.level)
        let padded = label + String(repeating: " ", count: 8 - label.count)
        let level = usesColor ? "\u{1B}[\(Self.color(event.level))m\(padded)\u{1B}[0m" : padded
        var line = "[\(Self.timestamp())] \(level) \(event.message)"
        if let error = event.error { line += " (\(error))" }
        return line + "\n"
    }

    /// Local time, to the second.
    private static func timestamp() -> String {
        var seconds = time(nil)
        var parts = tm()
        localtime_r(&seconds, &parts)
        return String(
            format: "%02d/%02d/%02d %02d:%02d:%02d", parts.tm_mon + 1, parts.tm_mday, parts.tm_year % 100,
            parts.tm_hour, parts.tm_min, parts.tm_sec)
    }

    /// Python's names, which existing log filters look for.
    private static func label(_ level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: "DEBUG"
        case .info, .notice: "INFO"
        case .warning: "WARNING"
        case .error: "ERROR"
        case .critical: "CRITICAL"
        }
    }

    private static func color(_ level: Logger.Level) -> Int {
        switch level {
        case .trace, .debug: 2
        case .info, .notice: 34
        case .warning: 33
        case .error, .critical: 31
        }
    }
}

extension Logger {
    /// The service's log, on standard output.
    static func service(_ settings: Settings) -> Logger {
        let usesColor = settings.usesColor && StandardOutput.isTerminal
        let log = ServiceLog(logLevel: settings.logLevel, format: settings.logFormat, usesColor: usesColor)
        // Whatever is about one request says so.
        return Logger(label: "fovea") { _ in log }.background
    }

    /// No log, for commands that answer on standard output.
    static var quiet: Logger { Logger(label: "fovea") { _ in SwiftLogNoOpLogHandler() } }
}
