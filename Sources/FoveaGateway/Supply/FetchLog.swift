import FoveaCore
import Foundation
import Logging
import Synchronization

/// Tells the log how far a model has come, every ten seconds.
final class FetchLog: Sendable {
    private struct State {
        var hasBegun = false
        var told = SuspendingClock.now
    }

    private static let interval = Duration.seconds(10)

    private let id: ModelID
    private let logger: Logger
    private let state = Mutex(State())

    init(_ id: ModelID, _ logger: Logger) {
        self.id = id
        self.logger = logger
    }

    /// Says nothing before it is known that there is something to fetch.
    func tell(_ progress: FetchProgress) {
        guard let total = progress.totalBytes, total > 0 else { return }
        let now = SuspendingClock.now
        let (isFirst, isDue) = state.withLock { state in
            defer { state.hasBegun = true }
            guard state.hasBegun else {
                state.told = now
                return (true, false)
            }
            guard now - state.told >= Self.interval else { return (false, false) }
            state.told = now
            return (false, true)
        }
        if isFirst {
            // In words that people look for in Immich's log.
            logger.info("Downloading \(id.type.rawValue) model '\(id.name)'. This may take a while.")
        } else if isDue {
            let size = Int64(total).formatted(.byteCount(style: .file))
            logger.info("Model \(id): \(progress.bytes * 100 / total) % of \(size) is here")
        }
    }

    func end() { logger.info("Model \(id) is here") }

    func fail(_ error: any Error) {
        logger.error("Model \(id) cannot be had: \((error as? FoveaError)?.message ?? "\(error)")")
    }
}
