import FoveaCore
package import FoveaDownload
package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A model's folder, and what is done in it. All calls block.
package struct ModelFolder: Sendable {
    package let url: URL

    package init(_ url: URL) { self.url = url }

    /// What is in a file's place.
    package enum Content: Sendable, Hashable {
        case nothing
        /// A file, by itself or by a link.
        case file(byteCount: Int)
        /// A folder, a link to nothing, or something behind a link that leads
        /// out of the model's folder.
        case other
    }

    package func place(of path: String) -> URL { url.appending(path: path) }

    package func content(of path: String) -> Content {
        let place = place(of: path).path
        var facts = stat()
        guard lstat(place, &facts) == 0 else { return errno == ENOENT ? .nothing : .other }
        guard stat(place, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return .other }
        return .file(byteCount: Int(facts.st_size))
    }

    /// - Throws: `SystemFault` if it cannot be read.
    package func digests(of path: String) throws -> FileDigests { try FileDigests(of: place(of: path)) }

    /// Moves a complete file into its place, in one step: whoever looks sees the
    /// one before, or all of this one.
    ///
    /// - Parameter replaces: whether another file may be there.
    /// - Throws: `SystemFault`; ``FoveaError/Code/modelInvalid`` if the place is
    ///   taken or behind a link that leads out of the folder.
    package func put(_ file: URL, at path: String, replaces: Bool) throws {
        let parent = try makeParent(of: path)
        let place = place(of: path)
        if !replaces, content(of: path) != .nothing {
            throw FoveaError(
                .modelInvalid,
                "\(place.path) has appeared while the model was fetched: nothing was put in its place.")
        }
        try sync(file.path)
        if rename(file.path, place.path) != 0 {
            guard errno == EXDEV else { throw SystemFault("rename", place.path) }
            try copy(file, over: place)
        }
        try sync(parent)
    }

    /// The model's folder may be a link on another file system.
    private func copy(_ file: URL, over place: URL) throws {
        let draft = place.deletingLastPathComponent().appending(component: ".\(UUID().uuidString).new")
        do {
            try FileManager.default.copyItem(at: file, to: draft)
            try sync(draft.path)
            guard rename(draft.path, place.path) == 0 else { throw SystemFault("rename", place.path) }
        } catch {
            unlink(draft.path)
            throw error
        }
        unlink(file.path)
    }

    /// Makes the folders above a file, one by one, so that none is made behind a
    /// link that leads elsewhere.
    private func makeParent(of path: String) throws -> String {
        try makeFolder(url)
        guard let root = realPath(url.path) else { throw SystemFault("find", url.path) }
        var folder = root
        for component in path.split(separator: "/").dropLast() {
            let next = "\(folder)/\(component)"
            if mkdir(next, 0o755) != 0, errno != EEXIST { throw SystemFault("make", next) }
            guard let real = realPath(next), real.hasPrefix("\(root)/") else {
                throw FoveaError(
                    .modelInvalid,
                    """
                    \(next) is a link that leads out of the model's folder, so nothing was put there. Replace it \
                    by a folder.
                    """)
            }
            folder = real
        }
        return folder
    }

    /// Removes empty folders from a file's place up, the model's own included.
    package func removeEmptyFolders(above path: String) {
        var folder = place(of: path).deletingLastPathComponent()
        for _ in path.split(separator: "/").dropLast() {
            guard rmdir(folder.path) == 0 else { return }
            folder.deleteLastPathComponent()
        }
        rmdir(url.path)
    }
}

/// Returns once a file, or the names in a folder, are on the disk.
func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemFault("open", path) }
    defer { close(descriptor) }
    // Some file systems cannot do so for folders.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw SystemFault("write", path) }
}

/// Writes a small file in one step.
func replace(_ url: URL, by data: Data) throws {
    let draft = url.deletingLastPathComponent().appending(component: ".\(UUID().uuidString).new")
    let descriptor = open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw SystemFault("open", draft.path) }
    defer { close(descriptor) }
    do {
        try data.withUnsafeBytes { try writeAll($0, to: descriptor, path: draft.path) }
        guard fsync(descriptor) == 0 else { throw SystemFault("write", draft.path) }
        guard rename(draft.path, url.path) == 0 else { throw SystemFault("rename", url.path) }
    } catch {
        unlink(draft.path)
        throw error
    }
}
