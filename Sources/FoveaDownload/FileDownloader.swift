package import AsyncHTTPClient
package import FoveaCore
package import Foundation
import NIOCore
import NIOHTTP1

/// Fetches files, and goes on where an earlier attempt stopped.
///
/// ```swift
/// let downloader = FileDownloader(http: http, pool: pool)
/// let file = try await downloader.complete(part, from: RemoteFile(url: address)) { bytes in
///     print(bytes)
/// }
/// ```
package struct FileDownloader: Sendable {
    /// How much is gathered before it is written, in bytes.
    static let writeBytes = 1 << 20

    let http: HTTPClient
    let pool: BlockingPool
    let connections: Int
    let limit: Int
    /// Waits for some seconds; tests do not.
    let pause: @Sendable (_ seconds: Int) async throws -> Void

    /// - Parameters:
    ///   - http: has to be made with `HTTPClient.Configuration.downloads(from:variables:)`.
    ///   - pool: where files are written and hashed.
    ///   - connections: how many parts of a large file are fetched at the same time, at most.
    ///   - limit: how many bytes a file may have whose size is not known beforehand.
    ///   - pause: waits before a download goes on.
    package init(
        http: HTTPClient, pool: BlockingPool, connections: Int = 4, limit: Int = 64 << 30,
        pause: @escaping @Sendable (_ seconds: Int) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        }
    ) {
        self.http = http
        self.pool = pool
        self.connections = max(1, connections)
        self.limit = limit
        self.pause = pause
    }

    /// Completes a file, verifies it, and returns what it is.
    ///
    /// Nobody else may work on `partial` at the same time: take a lock first.
    ///
    /// - Parameters:
    ///   - partial: what is there is kept, and the rest added. Stays where the
    ///     download fails, so that the next call goes on.
    ///   - progress: is told how many bytes are there by now, on any thread.
    /// - Throws: ``FoveaError`` that says what to do; `CancellationError`.
    package func complete(
        _ partial: URL, from file: RemoteFile,
        progress: @escaping @Sendable (_ bytes: Int) -> Void = { _ in }
    ) async throws -> DownloadedFile {
        do {
            return try await fetch(partial, from: file, progress: progress)
        } catch let failure as DownloadFailure {
            throw FoveaError(.engineUnavailable, "\(file.url) could not be downloaded: \(failure).")
        } catch let fault as SystemFault {
            throw FoveaError(.engineUnavailable, "\(partial.path) could not be written: \(fault).")
        }
    }

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
        var request = HTTPClientRequest(url: file.url)
        for (name, value) in file.headers { request.headers.add(name: name, value: value) }
        let target = try await pool.run { try PartialFile(partial) }
        try target.empty()
        let response: HTTPClientResponse
        do {
            response = try await http.execute(request, deadline: .distantFuture)
        } catch {
            throw DownloadFailure.interrupted(error)
        }
        guard response.status.code == 200 else {
            throw DownloadFailure.refused(status: Int(response.status.code))
        }
        var bytes = 0
        for try await buffer in response.body {
            let (piece, offset) = (Array(buffer.readableBytesView), bytes)
            bytes += piece.count
            guard bytes <= file.byteCount ?? limit else { throw DownloadFailure.wrongSize(bytes) }
            try await pool.run { try target.write(piece, at: offset) }
            progress(bytes)
        }
        let digests = try await pool.run { try FileDigests(of: partial) }
        if let hash = file.hash, !digests.match(hash) { throw DownloadFailure.wrongHash("\(hash)") }
        return DownloadedFile(
            byteCount: bytes, sha256: digests.sha256, etag: response.headers.first(name: "etag"))
    }
}
