import Crypto
import Foundation
import FoveaBackends
import FoveaInstaller
import FoveaTesting

/// A package of one wheel, a library folder and a server: what installing takes.
final class Scene: Sendable {
    static let library = [UInt8]("the library".utf8)

    let folder: TemporaryFolder
    let server: TestServer
    let wheel: RuntimeWheel
    let bytes: [UInt8]
    let installer: RuntimeInstaller
    private let paused = Recorder<Int>()
    private let reports = Recorder<InstallProgress>()

    /// A wheel as it should be.
    static func wheelBytes() -> [UInt8] {
        TinyZip([
            .init("pkg/libonnxruntime_providers_webgpu.so", library, isDeflated: true),
            .init("pkg/module.py", "not wanted"),
            .init("pkg-1.0.dist-info/licenses/LICENSE", "do as you like"),
        ]).bytes
    }

    /// - Parameters:
    ///   - bytes: the file that is pinned.
    ///   - unpacked: the bytes that are pinned for what is kept of it.
    ///   - destination: the library folder, below the scene's own.
    ///   - mirror: where the wheel is said to be; the scene's server without.
    init(
        bytes: [UInt8] = wheelBytes(), unpacked: Int = library.count + "do as you like".utf8.count,
        destination: String = "library", freeBytes: Int? = nil, variables: [String: String] = [:],
        mirror: String? = nil,
        _ answer: @escaping @Sendable (TestServer.Request, _ number: Int) -> TestServer.Answer
    ) throws {
        folder = try TemporaryFolder()
        server = TestServer(answer)
        self.bytes = bytes
        wheel = RuntimeWheel(
            "pkg-1.0-py3-none-any.whl", folder: "aa/bb/cc",
            sha256: SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined(),
            bytes: bytes.count, unpacked: unpacked, keep: ["pkg/lib*.so"])
        installer = Self.installer(
            URL(filePath: destination, directoryHint: .isDirectory, relativeTo: folder.url).absoluteURL,
            wheel, mirror: mirror ?? server.base, freeBytes: freeBytes, variables: variables,
            pause: { [paused] seconds in paused.record(seconds) })
    }

    /// A scene whose server has the wheel.
    static func serving(bytes: [UInt8] = wheelBytes(), freeBytes: Int? = nil) throws -> Scene {
        try Scene(bytes: bytes, freeBytes: freeBytes) { request, _ in .file(bytes, for: request) }
    }

    private static func installer(
        _ destination: URL, _ wheel: RuntimeWheel, mirror: String, freeBytes: Int?,
        variables: [String: String], pause: @escaping @Sendable (Int) async throws -> Void
    ) -> RuntimeInstaller {
        RuntimeInstaller(
            folder: LibraryFolder(
                variables: ["FOVEA_LIBRARY_FOLDER": destination.path, "XDG_CACHE_HOME": "/nonexistent"],
                executable: nil),
            variables: variables.merging(["FOVEA_PACKAGE_MIRROR": mirror]) { $1 },
            catalogue: RuntimeCatalogue(entries: [.init(.webgpu, .x86_64, [wheel])]),
            architecture: .x86_64, freeBytes: { _ in freeBytes ?? .max }, pause: pause)
    }

    deinit { server.stop() }

    @discardableResult
    func install() async throws -> URL {
        try await installer.install(.webgpu) { [reports] report in reports.record(report) }
    }

    /// The installer's waits so far, in seconds.
    var pauses: [Int] { paused.all }
    /// What the installer has told so far.
    var progress: [InstallProgress] { reports.all }

    var package: String { "library/webgpu-0.4.0" }
    var part: String { "library/downloads/\(wheel.sha256).part" }

    /// Everything in the library folder, but the lock and its folder.
    func leftovers() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.url.appending(path: "library").path)
            .filter { $0 != "downloads" && $0 != "downloads/lock" }.sorted()
    }
}
