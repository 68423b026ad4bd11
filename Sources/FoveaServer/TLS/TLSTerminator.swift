import FoveaCore
import Foundation
package import Logging
import NIOSSL
import Synchronization

/// Gives connections TLS by what is in the files, also after they changed: who
/// renews certificates need not restart the service.
package final class TLSTerminator: Sendable {
    private struct Loaded {
        var identity: TLSIdentity
        var stamp: TLSFiles.Stamp
    }

    private let files: TLSFiles
    private let loaded: Mutex<Loaded>
    private let pool = BlockingPool(name: "tls", width: 1)
    private let logger: Logger

    /// A certificate that ends within this time is warned of.
    private static let notice: TimeInterval = 14 * 86400

    /// - Throws: ``FoveaError/Code/invalidSetting`` where the files are not a
    ///   certificate and its key.
    package init(_ files: TLSFiles, logger: Logger) throws {
        self.files = files
        self.logger = logger
        // Before they are read: what changes meanwhile is read again.
        let stamp = files.stamp
        let identity = try files.load()
        loaded = Mutex(Loaded(identity: identity, stamp: stamp))
        warn(of: identity)
    }

    /// What is in use.
    package var identity: TLSIdentity { loaded.withLock { $0.identity } }

    /// For a connection that was just accepted.
    func handler() -> NIOSSLServerHandler {
        NIOSSLServerHandler(context: identity.context)
    }

    /// Looks at the files every few seconds, until the task is cancelled.
    func watch() async {
        while (try? await Task.sleep(for: .seconds(5))) != nil {
            try? await pool.run { self.reload() }
        }
    }

    /// Takes over what is in the files, if that changed and can be used. Until
    /// both are written, one does not belong to the other: what was in use is
    /// kept, and the next look decides.
    package func reload() {
        let stamp = files.stamp
        guard loaded.withLock({ $0.stamp }) != stamp else { return }
        do {
            let identity = try files.load()
            loaded.withLock { $0 = Loaded(identity: identity, stamp: stamp) }
            logger.info("Certificate loaded anew: it is good until \(identity.expires.day)")
            warn(of: identity)
        } catch {
            loaded.withLock { $0.stamp = stamp }
            logger.warning("The certificate was changed, but the former one stays in use: \(error.message)")
        }
    }

    private func warn(of identity: TLSIdentity) {
        let left = identity.expires.timeIntervalSinceNow
        guard left < Self.notice else { return }
        let what = left > 0 ? "ends on \(identity.expires.day)" : "ended on \(identity.expires.day)"
        logger.warning(
            "The certificate in \(files.certificate) \(what): replace the file, and it is read anew")
    }
}

extension Date {
    fileprivate var day: String { formatted(.iso8601.year().month().day()) }
}
