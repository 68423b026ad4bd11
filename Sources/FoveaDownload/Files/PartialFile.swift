import Foundation
import FoveaCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that is being downloaded. Calls block.
final class PartialFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens the file, or makes it.
    ///
    /// - Throws: `SystemFault` if it cannot be had.
    init(_ url: URL) throws {
        path = url.path
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemFault("open", path) }
    }

    deinit { close(descriptor) }

    /// The offset behind its last byte; there may be holes before it.
    var byteCount: Int { Int(lseek(descriptor, 0, SEEK_END)) }

    func write(_ bytes: [UInt8], at offset: Int) throws {
        var offset = offset
        try bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while !rest.isEmpty {
                let written = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset))
                if written < 0 && errno == EINTR { continue }
                guard written >= 0 else { throw SystemFault("write", path) }
                offset += written
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            }
        }
    }

    /// Starts over.
    func empty() throws {
        guard ftruncate(descriptor, 0) == 0 else { throw SystemFault("truncate", path) }
    }

    /// Returns once what was written is on the disk.
    func sync() throws {
        guard fsync(descriptor) == 0 else { throw SystemFault("write", path) }
    }
}
