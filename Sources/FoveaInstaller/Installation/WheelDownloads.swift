import Foundation
import FoveaCore

/// Downloads a package's wheels and compares their hashes with the pinned ones.
struct WheelDownloads: Sendable {
    let wheels: [RuntimeWheel]
    /// Where a wheel is kept.
    let file: @Sendable (RuntimeWheel) -> URL
    let report: @Sendable (InstallProgress.Phase, Int, Int) -> Void

    /// - Throws: ``FoveaError/Code/engineUnavailable`` if a file cannot be had
    ///   or has another hash.
    func run(with downloader: WheelDownloader) async throws {
        let (total, report) = (wheels.reduce(0) { $0 + $1.bytes }, report)
        var done = 0
        for wheel in wheels {
            let before = done
            try await downloader.complete(file(wheel), of: wheel) {
                report(.downloading, before + $0, total)
            } verifying: {
                report(.verifying, before + $0, total)
            }
            done += wheel.bytes
        }
    }
}
