import FoveaCore
package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps other installers, of this process or another, out of a folder for as
/// long as it lives. The system lets go of it if the process dies.
package final class InstallLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock; `nil` if another has it.
    ///
    /// - Parameter url: an empty file, which is made where it is missing. It
    ///   stays, because removing it would let two in at once.
    package init?(_ url: URL) throws {
        let descriptor = open(url.path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemFault("open", url.path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let fault = SystemFault("lock", url.path)
            close(descriptor)
            if fault.number == EWOULDBLOCK { return nil }
            throw fault
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
