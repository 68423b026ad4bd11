package import Foundation
import FoveaCore

extension FileDownloader {
    /// As ``complete(_:from:progress:)``, for callers that tell what to do by themselves.
    ///
    /// - Parameter verifying: is told how many bytes are hashed by now.
    /// - Throws: ``DownloadFailure`` if the server does not give the file;
    ///   `SystemFault` if it cannot be written; `CancellationError`.
    package func fetch(
        _ partial: URL, from file: RemoteFile,
        progress: @escaping @Sendable (_ bytes: Int) -> Void = { _ in },
        verifying: @escaping @Sendable (_ bytes: Int) -> Void = { _ in }
    ) async throws -> DownloadedFile {
        var isLast = false
        while true {
            let isResumed = FileManager.default.fileExists(atPath: partial.path)
            let download = try await pool.run { try PartialDownload(partial, of: file) }
            let transfer = Transfer(file, to: download, by: self, progress: progress)
            try await transfer.run()
            let digests = try await pool.run {
                var bytes = 0
                return try FileDigests(of: partial) {
                    bytes += $0
                    verifying(bytes)
                }
            }
            guard let hash = file.hash, !digests.match(hash) else {
                try await pool.run { try download.finish() }
                return DownloadedFile(
                    byteCount: digests.byteCount, sha256: digests.sha256, etag: transfer.etag)
            }
            // Of a file that cannot be trusted, nothing can be kept.
            try await pool.run {
                try download.empty()
                try FileManager.default.removeItem(at: partial)
            }
            // It may come from what an earlier attempt left: a disk that was
            // full, another file.
            guard !isLast, isResumed || refetchesWrongFiles else {
                throw DownloadFailure.wrongHash(digests.digits(for: hash))
            }
            isLast = true
        }
    }
}

extension FileDownloader {
    /// How many bytes of a partial file are there: fewer than its size says
    /// where parts of it are missing in between. Blocks.
    package static func bytesPresent(in partial: URL) -> Int {
        if let record = RecordFile.read(of: partial) { return record.written.count }
        let size = try? partial.resourceValues(forKeys: [.fileSizeKey]).fileSize
        return size ?? 0
    }
}
