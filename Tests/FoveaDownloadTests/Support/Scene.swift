import AsyncHTTPClient
import Crypto
import Foundation
import FoveaCore
import FoveaDownload
import FoveaTesting

/// A folder, and a downloader that does not really wait.
final class Scene: Sendable {
    /// What large files are cut into here.
    static let pieceBytes = 1 << 16

    let folder: URL
    let http: HTTPClient
    private let paused = Recorder<Int>()
    private let reported = Recorder<Int>()
    private let pool = BlockingPool(name: "download", width: 2)

    /// - Parameters:
    ///   - variables: the process's environment.
    ///   - address: which address the environment's proxy is chosen for.
    init(variables: [String: String] = [:], address: String = "http://127.0.0.1", idleSeconds: Int = 60)
        throws
    {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "fovea-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: try .downloads(from: address, variables: variables, idleSeconds: idleSeconds))
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
        try? http.syncShutdown()
    }

    var part: URL { folder.appending(path: "file.part") }
    var record: URL { folder.appending(path: "file.part.ranges") }
    /// The waits so far, in seconds.
    var pauses: [Int] { paused.all }
    var progress: [Int] { reported.all }

    func downloader(
        connections: Int = 4, limit: Int = 1 << 30, pieceBytes: Int = Scene.pieceBytes,
        refetchesWrongFiles: Bool = true,
        pause: @escaping @Sendable (Int) async throws -> Void = { _ in }
    ) -> FileDownloader {
        FileDownloader(
            http: http, pool: pool, connections: connections, limit: limit, leastPieceBytes: pieceBytes,
            refetchesWrongFiles: refetchesWrongFiles
        ) { [paused] seconds in
            paused.record(seconds)
            try await pause(seconds)
        }
    }

    @discardableResult
    func fetch(_ file: RemoteFile, by downloader: FileDownloader? = nil) async throws -> DownloadedFile {
        try await (downloader ?? self.downloader()).fetch(part, from: file) { [reported] bytes in
            reported.record(bytes)
        }
    }

    func contents() throws -> [UInt8] { [UInt8](try Data(contentsOf: part)) }
    func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    static func sha256(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }

    /// A file whose size and hash are known.
    static func file(_ server: TestServer, _ bytes: [UInt8], path: String = "/file") -> RemoteFile {
        RemoteFile(
            url: server.base + path, byteCount: bytes.count, hash: .sha256(sha256(bytes)))
    }
}
