import FoveaCore
import Foundation
import Logging
import Synchronization

/// Tells the log how far a model has come, every tenth of it.
final class FetchLog: Sendable {
    private let id: ModelID
    private let logger: Logger
    private let tenths = Mutex(0)

    init(_ id: ModelID, _ logger: Logger) {
        self.id = id
        self.logger = logger
    }

    /// In words that people look for in Immich's log.
    func begin() {
        logger.info("Downloading \(id.type.rawValue) model '\(id.name)'. This may take a while.")
    }

    func tell(_ progress: FetchProgress) {
        guard let total = progress.totalBytes, total > 0 else { return }
        let now = min(10, progress.bytes * 10 / total)
        let isNew = tenths.withLock { tenths in
            guard now > tenths else { return false }
            tenths = now
            return now < 10
        }
        guard isNew else { return }
        logger.info(
            """
            Model \(id): \(now * 10) % of \(Int64(total).formatted(.byteCount(style: .file))) is here
            """)
    }

    func end() { logger.info("Model \(id) is here") }

    func fail(_ error: any Error) {
        logger.error("Model \(id) cannot be had: \((error as? FoveaError)?.message ?? "\(error)")")
    }
}
