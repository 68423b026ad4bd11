package import AsyncHTTPClient
package import FoveaCore
package import Foundation

/// Fetches files, and goes on where an earlier attempt stopped.
///
/// Large files come in several parts at the same time. What is there of a file
/// is recorded beside it (``DownloadRecord``), so that a process that is killed
/// loses no more than what it had not written yet.
///
/// ```swift
/// let http = HTTPClient(configuration: try .downloads(from: address, variables: environment))
/// let downloader = FileDownloader(http: http, pool: BlockingPool(name: "download", width: 2))
/// let file = try await downloader.complete(part, from: RemoteFile(url: address)) { bytes in
///     print(bytes)
/// }
/// ```
package struct FileDownloader: Sendable {
    /// How much is gathered before it is written, in bytes.
    static let writeBytes = 256 << 10

    let http: HTTPClient
    let pool: BlockingPool
    let connections: Int
    let limit: Int
    let leastPieceBytes: Int
    let longestWait: Int
    let refetchesWrongFiles: Bool
    let pause: @Sendable (_ seconds: Int) async throws -> Void

    /// - Parameters:
    ///   - http: has to be made with `HTTPClient.Configuration.downloads(from:variables:)`.
    ///   - pool: where files are written and hashed.
    ///   - connections: how many parts of a large file are fetched at the same time, at most.
    ///   - limit: how many bytes a file may have whose size is not known beforehand.
    ///   - leastPieceBytes: the least that is worth a request of its own.
    ///   - longestWait: how many seconds a server may ask to wait. One that asks for more is given up.
    ///   - refetchesWrongFiles: whether a file with a wrong hash is fetched once more even if nothing of it
    ///     was there before.
    ///   - pause: waits for some seconds before a download goes on.
    package init(
        http: HTTPClient, pool: BlockingPool, connections: Int = 4, limit: Int = 64 << 30,
        leastPieceBytes: Int = DownloadPlan.leastPieceBytes, longestWait: Int = RetryPolicy.longestWait,
        refetchesWrongFiles: Bool = true,
        pause: @escaping @Sendable (_ seconds: Int) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        }
    ) {
        self.http = http
        self.pool = pool
        self.connections = max(1, connections)
        self.limit = limit
        self.leastPieceBytes = max(1, leastPieceBytes)
        self.longestWait = longestWait
        self.refetchesWrongFiles = refetchesWrongFiles
        self.pause = pause
    }

    /// Completes a file, verifies it, and returns what it is.
    ///
    /// Nobody else may work on `partial` at the same time: take a lock first.
    /// A file beside it, with `.ranges` after its name, says what is there of
    /// it and goes with success.
    ///
    /// - Parameters:
    ///   - partial: what is there is kept, and the rest added. Stays where the
    ///     download fails, so that the next call goes on; goes if its hash is wrong.
    ///   - progress: is told how many bytes are there by now, on any thread. Parts
    ///     come at the same time, so that a smaller number may follow a larger one.
    /// - Throws: ``FoveaError`` that says what to do; `CancellationError`.
    package func complete(
        _ partial: URL, from file: RemoteFile,
        progress: @escaping @Sendable (_ bytes: Int) -> Void = { _ in }
    ) async throws -> DownloadedFile {
        do {
            return try await fetch(partial, from: file, progress: progress)
        } catch let failure as DownloadFailure {
            throw failure.error(for: file)
        } catch let fault as SystemFault {
            throw fault.error(writing: partial)
        }
    }
}
