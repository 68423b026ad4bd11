import Foundation
import FoveaCore

/// Downloads a package's wheels and compares their hashes with the pinned ones.
struct WheelDownloads: Sendable {
    let wheels: [RuntimeWheel]
    /// Where a wheel is kept.
    let file: @Sendable (RuntimeWheel) -> URL
    let pool: BlockingPool
    let report: @Sendable (InstallProgress.Phase, Int, Int) -> Void

    private var total: Int { wheels.reduce(0) { $0 + $1.bytes } }

    /// - Throws: ``FoveaError/Code/engineUnavailable`` if a file cannot be had
    ///   or has another hash.
    func run(with downloader: Downloader) async throws {
        var done = 0
        for wheel in wheels {
            // A hash that is wrong may come from what an earlier attempt left:
            // a disk that was full, another file. Then it is fetched once more.
            let isResumed = FileManager.default.fileExists(atPath: file(wheel).path)
            var wrong = try await fetch(wheel, after: done, with: downloader)
            if wrong != nil, isResumed { wrong = try await fetch(wheel, after: done, with: downloader) }
            if let wrong { throw wrongHash(wrong, of: wheel, from: downloader.source) }
            done += wheel.bytes
        }
    }

    /// - Returns: the file's hash if it is another than the pinned one, in which
    ///   case the file is gone.
    private func fetch(
        _ wheel: RuntimeWheel, after done: Int, with downloader: Downloader
    ) async throws -> String? {
        let (url, total, report) = (file(wheel), total, report)
        try await downloader.complete(url, of: wheel) { report(.downloading, done + $0, total) }
        let hash = try await pool.run {
            var bytes = done
            return try PartialFile.sha256(of: url) {
                bytes += $0
                report(.verifying, bytes, total)
            }
        }
        if hash == wheel.sha256 { return nil }
        try FileManager.default.removeItem(at: url)
        return hash
    }

    private func wrongHash(_ hash: String, of wheel: RuntimeWheel, from source: PackageSource) -> FoveaError {
        FoveaError(
            .engineUnavailable,
            """
            \(wheel.name) from \(source.base) is not the file that it should be: its SHA-256 is \(hash), and \
            \(wheel.sha256) is pinned. It was deleted and nothing was installed. Try again, or another \
            server by FOVEA_PACKAGE_MIRROR; should it stay so, do not use that server.
            """)
    }
}
