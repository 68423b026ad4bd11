public import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// When models were last loaded: the date of an empty file among what Fovea
/// notes down about each.
///
/// A date of a model's own files would not do: file systems are mounted without
/// dates of access, and the files are not Fovea's to change.
public struct ModelUse: Sendable {
    private let cache: URL

    /// - Parameter cache: the cache folder.
    public init(cache: URL) { self.cache = cache }

    /// Notes down that a model is loaded now. Takes some microseconds; where
    /// nothing can be written, it does nothing.
    public func touch(_ home: ModelHome) {
        guard home.isUsable else { return }
        let file = file(home)
        if utimensat(AT_FDCWD, file.path, nil, 0) == 0 { return }
        // Not in a cache folder that is not there: nothing was loaded from it.
        guard errno == ENOENT, FileManager.default.fileExists(atPath: home.folder(in: cache).path) else {
            return
        }
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        if descriptor >= 0 { close(descriptor) }
    }

    /// When the model was last loaded; `nil` where that is not known.
    ///
    /// - Parameter now: later dates come from hosts whose clocks are ahead, and
    ///   are taken for this one.
    public func lastUse(of home: ModelHome, now: Date = .now) -> Date? {
        let values = try? file(home).resourceValues(forKeys: [.contentModificationDateKey])
        return (values?.contentModificationDate).map { min($0, now) }
    }

    private func file(_ home: ModelHome) -> URL { home.records(in: cache).appending(component: ".used") }
}
