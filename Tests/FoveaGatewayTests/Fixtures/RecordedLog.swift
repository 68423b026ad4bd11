import Logging
import Synchronization

/// Remembers what was logged: `error: Worker 0 …`.
final class RecordedLog: Sendable {
    private let list = Mutex<[String]>([])

    var handler: any LogHandler { Handler(log: self) }
    var lines: [String] { list.withLock { $0 } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { log.list.withLock { $0.append("\(event.level): \(event.message)") } }
    }
}
