import Foundation
import FoveaCore

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file of a ``DownloadRecord``, beside the partial file. Calls block.
final class RecordFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Where the record of a partial file is.
    static func url(of partial: URL) -> URL {
        partial.deletingLastPathComponent().appending(path: partial.lastPathComponent + ".ranges")
    }

    /// The record of a partial file; `nil` if there is none.
    static func read(of partial: URL) -> DownloadRecord? {
        (try? Data(contentsOf: url(of: partial)))
            .flatMap { DownloadRecord(text: String(decoding: $0, as: UTF8.self)) }
    }

    static func remove(of partial: URL) throws {
        let path = url(of: partial).path
        guard unlink(path) == 0 || errno == ENOENT else { throw SystemFault("remove", path) }
    }

    /// Puts a record in the place of the one that is there, at once.
    init(_ record: DownloadRecord, of partial: URL) throws {
        path = Self.url(of: partial).path
        let new = path + ".new"
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemFault("open", new) }
        self.descriptor = descriptor
        try append(record.text)
        guard fsync(descriptor) == 0 else { throw SystemFault("write", new) }
        guard rename(new, path) == 0 else { throw SystemFault("rename", path) }
    }

    deinit { close(descriptor) }

    func append(_ text: String) throws {
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written >= 0 else { throw SystemFault("write", path) }
            rest = rest.dropFirst(written)
        }
    }
}
