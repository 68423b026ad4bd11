import Logging
import Synchronization

/// Remembers what was logged.
final class RecordedLog: Sendable {
    private struct Line {
        let level: Logger.Level
        let message: String
        let source: String?
    }

    private let lines = Mutex<[Line]>([])

    var handler: any LogHandler { Handler(log: self) }

    /// Messages of at least this importance.
    func messages(from level: Logger.Level) -> [String] {
        lines.withLock { $0.filter { $0.level >= level }.map(\.message) }
    }

    /// The metadata `source` of each message that starts like this.
    func sources(of start: String) -> [String?] {
        lines.withLock { $0.filter { $0.message.hasPrefix(start) }.map(\.source) }
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let source = metadata["source"].map { "\($0)" }
            let line = Line(level: event.level, message: "\(event.message)", source: source)
            log.lines.withLock { $0.append(line) }
        }
    }
}
