import FoveaCore
package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes members of an archive to a folder that is nobody else's; blocks.
package struct Unpacker {
    private let archive: ZipArchive
    private let folder: URL

    package init(_ archive: ZipArchive, into folder: URL) {
        self.archive = archive
        self.folder = folder
    }

    /// Writes one file, and its other name.
    ///
    /// - Parameter progress: is told the bytes of each piece.
    /// - Throws: ``ZipFault`` if the archive is damaged; ``SystemFault`` if the
    ///   file is there already or cannot be written.
    package func write(_ item: UnpackPlan.Item, progress: (Int) -> Void) throws {
        let url = folder.appending(path: item.destination)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemFault("create", url.path) }
        defer { close(descriptor) }
        try archive.read(item.entry) { piece in
            try Self.write(piece, to: descriptor, path: url.path)
            progress(piece.count)
        }
        // The folder gets its name once the files are on the disk, so that a
        // power cut does not leave an installation of empty files.
        guard fsync(descriptor) == 0 else { throw SystemFault("write", url.path) }
        if let link = item.link {
            let path = url.deletingLastPathComponent().appending(path: link).path
            guard symlink(url.lastPathComponent, path) == 0 else { throw SystemFault("link", path) }
        }
    }

    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            #if canImport(Glibc)
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            #else
                let written = Darwin.write(descriptor, rest.baseAddress, rest.count)
            #endif
            if written < 0 && errno == EINTR { continue }
            guard written >= 0 else { throw SystemFault("write", path) }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }
}
