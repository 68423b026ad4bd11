import AsyncHTTPClient
import FoveaCore
import FoveaDownload
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Downloads a file, in a process of its own that tests can kill.
///
/// `fovea-downloader <address> <partial file> <bytes> <SHA-256> [<largest file>]`
///
/// The last one is a limit of the system's on files of this process, in bytes:
/// to write behind it fails as on a disk that is full, for root too.
@main struct Main {
    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count >= 5 else { exit(64) }
        if arguments.count > 5, let most = rlim_t(arguments[5]) {
            // Else the signal would end the process before it can tell.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: most, rlim_max: most)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(70) }
        }
        let file = RemoteFile(
            url: arguments[1], byteCount: Int(arguments[3]), hash: .sha256(arguments[4]))
        do {
            let http = HTTPClient(
                eventLoopGroupProvider: .singleton,
                configuration: try .downloads(from: file.url, variables: [:]))
            let downloader = FileDownloader(
                http: http, pool: BlockingPool(name: "download", width: 2), leastPieceBytes: 1 << 20)
            _ = try await downloader.complete(URL(filePath: arguments[2]), from: file)
            exit(0)
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }
}
