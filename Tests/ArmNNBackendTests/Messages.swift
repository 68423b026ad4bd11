import ArmNNBackend
import Synchronization

/// Collects what a backend logs.
final class Messages: Sendable {
    private let collected = Mutex<[ArmNNLogMessage]>([])

    var all: [ArmNNLogMessage] { collected.withLock { $0 } }
    var texts: [String] { all.map(\.text) }

    func add(_ message: ArmNNLogMessage) { collected.withLock { $0.append(message) } }
}
