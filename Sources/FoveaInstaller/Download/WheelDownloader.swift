import FoveaCore
import FoveaDownload
import Foundation

/// Fetches wheels, and tells what to do where that fails.
struct WheelDownloader: Sendable {
    let files: FileDownloader
    let source: PackageSource

    /// Completes a file until it is the wheel.
    ///
    /// - Parameters:
    ///   - url: what is there is kept, and the rest added.
    ///   - progress: is told how many bytes the file has by now.
    ///   - verifying: is told how many of them have been hashed.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the server does not
    ///   give it, or another file; `SystemFault` if it cannot be written.
    func complete(
        _ url: URL, of wheel: RuntimeWheel, progress: @escaping @Sendable (Int) -> Void,
        verifying: @escaping @Sendable (Int) -> Void
    ) async throws {
        let file = RemoteFile(
            url: source.address(of: wheel), byteCount: wheel.bytes, hash: .sha256(wheel.sha256))
        do {
            _ = try await files.fetch(url, from: file, progress: progress, verifying: verifying)
        } catch let failure as DownloadFailure {
            throw error(failure, for: wheel)
        }
    }

    private func error(_ failure: DownloadFailure, for wheel: RuntimeWheel) -> FoveaError {
        let next: String
        switch failure {
        case .wrongHash(let hash): return wrongHash(hash, of: wheel)
        case .wrongSize:
            next =
                "The file is pinned at \(wheel.bytes) bytes: ask whoever runs the mirror or proxy in between."
        default:
            next = """
                What has come is kept: run the command again to go on. FOVEA_PACKAGE_MIRROR names another \
                server, https_proxy a proxy.
                """
        }
        return FoveaError(
            .engineUnavailable,
            "\(wheel.name) could not be downloaded from \(source.base): \(failure). \(next)")
    }

    private func wrongHash(_ hash: String, of wheel: RuntimeWheel) -> FoveaError {
        FoveaError(
            .engineUnavailable,
            """
            \(wheel.name) from \(source.base) is not the file that it should be: its SHA-256 is \(hash), and \
            \(wheel.sha256) is pinned. It was deleted and nothing was installed. Try again, or another \
            server by FOVEA_PACKAGE_MIRROR; should it stay so, do not use that server.
            """)
    }
}
