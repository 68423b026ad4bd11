import FoveaCore
import FoveaDownload
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file of a folder source, taken over.
enum LocalCopy {
    /// Puts a copy at `target`, which is a second name of the same file where
    /// the file system can do that. Blocks.
    ///
    /// - Throws: ``SourceFailure`` if it cannot be read or is not what it should
    ///   be; `SystemFault` if the copy cannot be written.
    static func make(
        of source: URL, at target: URL, as file: ListedFile, progress: (Int) -> Void
    ) throws -> DownloadedFile {
        unlink(target.path)
        if link(source.path, target.path) != 0 { try copy(source, to: target) }
        let digests: FileDigests
        do {
            var bytes = 0
            digests = try FileDigests(of: target) {
                bytes += $0
                progress(bytes)
            }
        } catch let fault as SystemFault {
            throw SourceFailure.unreachable("\(source.path): \(fault)")
        }
        if let size = file.byteCount, size != digests.byteCount {
            unlink(target.path)
            throw SourceFailure.wrong("\(source.path) has \(digests.byteCount) bytes instead of \(size)")
        }
        if let hash = file.hash, !digests.match(hash) {
            unlink(target.path)
            throw SourceFailure.wrong("\(source.path) is not the file that it should be: it lacks \(hash)")
        }
        return DownloadedFile(byteCount: digests.byteCount, sha256: digests.sha256, etag: nil)
    }

    private static func copy(_ source: URL, to target: URL) throws {
        let input: InputFile
        do {
            input = try InputFile(source)
        } catch let fault as SystemFault {
            throw SourceFailure.unreachable("\(source.path): \(fault)")
        }
        let output = open(target.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard output >= 0 else { throw SystemFault("open", target.path) }
        defer { close(output) }
        var offset = 0
        while true {
            let piece: [UInt8]
            do {
                piece = try input.read(at: offset, count: 1 << 20)
            } catch let fault as SystemFault {
                throw SourceFailure.unreachable("\(source.path): \(fault)")
            }
            guard !piece.isEmpty else { break }
            try piece.withUnsafeBytes { try writeAll($0, to: output, path: target.path) }
            offset += piece.count
        }
    }
}
