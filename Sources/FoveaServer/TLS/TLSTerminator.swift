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
        var notice = ExpiryNotice()
    }

    private let files: TLSFiles
    private let loaded: Mutex<Loaded>
    private let pool = BlockingPool(name: "tls", width: 1)
    private let logger: Logger

    /// - Throws: ``FoveaError/Code/invalidSetting`` where the files are not a
    ///   certificate and its key.
    package init(_ files: TLSFiles, logger: Logger) throws {
        self.files = files
        self.logger = logger.background
        // Before they are read: what changes meanwhile is read again.
        let stamp = files.stamp
        loaded = Mutex(Loaded(identity: try files.load(), stamp: stamp))
        warn()
    }

    /// What is in use.
    package var identity: TLSIdentity { loaded.withLock { $0.identity } }

    /// For a connection that was just accepted.
    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: identity.context) }

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
        defer { warn() }
        let stamp = files.stamp
        guard loaded.withLock({ $0.stamp }) != stamp else { return }
        do {
            let identity = try files.load()
            loaded.withLock { $0 = Loaded(identity: identity, stamp: stamp) }
            logger.info("Certificate loaded anew: it is good until \(identity.expires.day)")
        } catch {
            loaded.withLock { $0.stamp = stamp }
            logger.warning("The certificate was changed, but the former one stays in use: \(error.message)")
        }
    }

    /// Says that the certificate ends, once a day.
    private func warn() {
        let now = Date()
        let (expires, isDue) = loaded.withLock { loaded in
            let expires = loaded.identity.expires
            return (expires, loaded.notice.isDue(expires: expires, at: now))
        }
        guard isDue else { return }
        let verb = expires > now ? "ends" : "ended"
        logger.warning(
            "The certificate in \(files.certificate) \(verb) on \(expires.day): replace the file, and it is read anew"
        )
    }
}

extension Date {
    fileprivate var day: String { formatted(.iso8601.year().month().day()) }
}
