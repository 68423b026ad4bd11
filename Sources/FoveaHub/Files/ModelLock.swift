package import FoveaCore
package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps others, of this process, another or another host, from changing the
/// same model for as long as it lives.
///
/// It is a lock on an empty file, which the system lets go of if the process
/// dies, so that nothing has to be cleared away. Hosts that share a folder by
/// NFS see each other's: Linux turns `flock` there into locks of the server
/// (flock(2), NFS details).
package final class ModelLock: Sendable {
    package static let name = ".lock"

    private let descriptor: Int32

    /// Takes the lock; `nil` if another has it.
    ///
    /// - Parameter records: the folder of the model's records, which is made
    ///   where it is missing.
    /// - Throws: `SystemFault` if nothing can be written there.
    package init?(_ records: URL) throws {
        try makeFolder(records)
        let path = records.appending(component: Self.name).path
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemFault("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let fault = SystemFault("lock", path)
            close(descriptor)
            if fault.number == EWOULDBLOCK { return nil }
            throw fault
        }
        // Whoever removed the model meanwhile took the file with it.
        var (opened, there) = (stat(), stat())
        guard fstat(descriptor, &opened) == 0, lstat(path, &there) == 0,
            (opened.st_dev, opened.st_ino) == (there.st_dev, there.st_ino)
        else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Waits until nobody else has it.
    ///
    /// - Parameter whileWaiting: is called at each look.
    package static func take(
        _ records: URL, in pool: BlockingPool, whileWaiting: @Sendable () -> Void
    ) async throws -> ModelLock {
        while true {
            let lock: ModelLock? = try await pool.run { try ModelLock(records) }
            if let lock { return lock }
            whileWaiting()
            // To be told would take a thread that cannot be interrupted.
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}

/// Makes a folder and those above it.
///
/// - Throws: `SystemFault`, whose number tells a disk that is full from one that
///   is not to be written.
func makeFolder(_ folder: URL) throws {
    if mkdir(folder.path, 0o755) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, folder.path != "/" else { throw SystemFault("make", folder.path) }
    try makeFolder(folder.deletingLastPathComponent())
    guard mkdir(folder.path, 0o755) == 0 || errno == EEXIST else { throw SystemFault("make", folder.path) }
}
