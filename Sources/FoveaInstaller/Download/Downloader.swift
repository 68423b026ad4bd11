import AsyncHTTPClient
import FoveaCore
import Foundation
import NIOCore
import NIOHTTP1

/// Fetches wheels, and goes on where an earlier attempt stopped.
struct Downloader: Sendable {
    /// How much is gathered before it is written, in bytes.
    private static let pieceBytes = 1 << 20

    let http: HTTPClient
    let source: PackageSource
    let pool: BlockingPool
    /// Waits for some seconds; tests do not.
    let pause: @Sendable (_ seconds: Int) async throws -> Void

    /// Completes a file until it has as many bytes as the wheel.
    ///
    /// - Parameters:
    ///   - url: what is there is kept, and the rest appended.
    ///   - progress: is told how many bytes the file has by now.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the server does not
    ///   give it, or another file; ``SystemFault`` if it cannot be written.
    func complete(_ url: URL, of wheel: RuntimeWheel, progress: @Sendable (Int) -> Void) async throws {
        let file = try await pool.run { try PartialFile(url) }
        var policy = RetryPolicy()
        while true {
            let before = file.bytes
            do {
                if before > wheel.bytes { try file.empty() }
                if before == wheel.bytes { return }
                try await attempt(file, of: wheel, progress: progress)
            } catch let failure as DownloadFailure {
                if case .outOfStep = failure { try file.empty() }
                guard let delay = policy.delay(after: failure, gained: file.bytes > before) else {
                    throw error(failure, for: wheel)
                }
                try await pause(delay)
            }
        }
    }

    /// One request, for what is missing.
    private func attempt(
        _ file: PartialFile, of wheel: RuntimeWheel, progress: @Sendable (Int) -> Void
    ) async throws {
        let start = file.bytes
        let response = try await send(requestFor: wheel, from: start)
        switch response.status.code {
        case 206:
            let range = ContentRange(response.headers.first(name: "content-range") ?? "")
            if let total = range?.total, total != wheel.bytes { throw DownloadFailure.wrongSize(total) }
            guard let range, range.first == start else { throw DownloadFailure.outOfStep }
        case 200:
            // The whole file, whether or not all of it was asked for.
            let length = response.headers.first(name: "content-length").flatMap { Int($0) }
            if let length, length != wheel.bytes { throw DownloadFailure.wrongSize(length) }
            try file.empty()
        case 416: throw DownloadFailure.outOfStep
        default:
            throw DownloadFailure.refused(
                status: Int(response.status.code),
                retryAfter: response.headers.first(name: "retry-after")
                    .flatMap { RetryPolicy.seconds(retryAfter: $0) })
        }
        try await save(response.body, to: file, of: wheel, progress: progress)
    }

    private func send(requestFor wheel: RuntimeWheel, from start: Int) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: source.address(of: wheel))
        request.headers.add(name: "user-agent", value: "fovea/\(Version.current)")
        // Offsets count bytes of the file, not of a compressed form of it.
        request.headers.add(name: "accept-encoding", value: "identity")
        if start > 0 { request.headers.add(name: "range", value: "bytes=\(start)-") }
        do {
            // Large files take long; connections that are silent for too long end by themselves.
            return try await http.execute(request, deadline: .distantFuture)
        } catch {
            try Task.checkCancellation()
            throw DownloadFailure.interrupted(error)
        }
    }

    private func save(
        _ body: HTTPClientResponse.Body, to file: PartialFile, of wheel: RuntimeWheel,
        progress: @Sendable (Int) -> Void
    ) async throws {
        var gathered: [UInt8] = []
        var bytes = file.bytes
        func flush() async throws {
            let piece = gathered
            gathered = []
            try await pool.run { try file.append(piece) }
            progress(bytes)
        }
        do {
            for try await buffer in body {
                bytes += buffer.readableBytes
                guard bytes <= wheel.bytes else { throw DownloadFailure.wrongSize(bytes) }
                gathered += buffer.readableBytesView
                if gathered.count >= Self.pieceBytes { try await flush() }
            }
            try await flush()
        } catch let fault as SystemFault {
            throw fault
        } catch {
            // What has come is good: the next attempt goes on behind it.
            try Task.checkCancellation()
            try await flush()
            throw error as? DownloadFailure ?? .interrupted(error)
        }
        if bytes < wheel.bytes { throw DownloadFailure.interrupted(ZipFault("it ended early")) }
    }

    private func error(_ failure: DownloadFailure, for wheel: RuntimeWheel) -> FoveaError {
        let next: String
        if case .wrongSize = failure {
            next =
                "The file is pinned at \(wheel.bytes) bytes: ask whoever runs the mirror or proxy in between."
        } else {
            next = """
                What has come is kept: run the command again to go on. FOVEA_PACKAGE_MIRROR names another \
                server, https_proxy a proxy.
                """
        }
        return FoveaError(
            .engineUnavailable,
            "\(wheel.name) could not be downloaded from \(source.base): \(failure). \(next)")
    }
}
