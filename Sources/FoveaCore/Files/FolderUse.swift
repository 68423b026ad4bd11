public import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Keeps a folder from ``removeUnused(_:)`` for as long as it lives, in this
/// process and in others.
///
/// It is a shared lock on the folder, which the system lets go of if the
/// process dies, and which stays with a folder that is renamed. File systems
/// that cannot lock folders, as those of a network, never remove any.
public final class FolderUse: Sendable {
    private let descriptor: Int32

    /// `nil` where there is no such folder, somebody has just removed it, or it
    /// cannot be locked.
    public convenience init?(_ folder: URL) { self.init(folder, LOCK_SH) }

    private init?(_ folder: URL, _ lock: Int32) {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        // Whoever removes it does so in a moment, and lets others make it anew:
        // that is waited for, because this would not tell it from a file system
        // without locks. Another may have taken its place since then.
        guard Self.take(lock, on: descriptor), Self.isStill(descriptor, folder) else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Removes a folder with all that is in it, unless somebody uses it.
    ///
    /// It goes from its place before its files do, so that nobody finds half of
    /// it. Where the process ends on the way, a hidden folder beside it is left,
    /// whose files but for `last` may be gone.
    ///
    /// - Parameter last: the name of the file that goes after the others.
    /// - Returns: whether it is gone from its place.
    @discardableResult
    public static func removeUnused(_ folder: URL, last: String? = nil) -> Bool {
        guard let use = FolderUse(folder, LOCK_EX) else { return false }
        return withExtendedLifetime(use) {
            let aside = folder.deletingLastPathComponent()
                .appending(component: ".\(UUID().uuidString).old", directoryHint: .isDirectory)
            guard rename(folder.path, aside.path) == 0 else { return false }
            flock(use.descriptor, LOCK_UN)
            let files = FileManager.default
            let names = (try? files.contentsOfDirectory(atPath: aside.path)) ?? []
            for name in names where name != last { try? files.removeItem(at: aside.appending(path: name)) }
            try? files.removeItem(at: aside)
            return true
        }
    }

    private static func take(_ lock: Int32, on descriptor: Int32) -> Bool {
        while flock(descriptor, lock == LOCK_EX ? LOCK_EX | LOCK_NB : lock) != 0 {
            guard errno == EINTR else { return false }
        }
        return true
    }

    private static func isStill(_ descriptor: Int32, _ folder: URL) -> Bool {
        var (opened, there) = (stat(), stat())
        return fstat(descriptor, &opened) == 0 && lstat(folder.path, &there) == 0
            && (opened.st_dev, opened.st_ino) == (there.st_dev, there.st_ino)
    }
}
