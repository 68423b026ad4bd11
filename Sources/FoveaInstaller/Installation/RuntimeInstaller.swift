public import Foundation
public import FoveaBackends
import FoveaCore

/// Installs vendors' runtimes into the library folder, lists and removes them.
///
/// ```swift
/// let installer = RuntimeInstaller()
/// let folder = try await installer.install(.webgpu) { progress in
///     print(progress.phase, progress.bytes, progress.total)
/// }
/// ```
public struct RuntimeInstaller: Sendable {
    /// Where packages are looked for and installed to.
    public let folder: LibraryFolder
    let catalogue: RuntimeCatalogue
    let architecture: ProcessorArchitecture?
    let variables: [String: String]
    let freeBytes: @Sendable (URL) -> Int?
    let pause: @Sendable (_ seconds: Int) async throws -> Void
    /// Files are written, hashed and unpacked here, one at a time.
    let pool = BlockingPool(name: "install", width: 1)

    /// - Parameters:
    ///   - folder: where packages are looked for and installed to.
    ///   - variables: the process's environment: `FOVEA_PACKAGE_MIRROR` and the
    ///     variables that name a proxy.
    public init(
        folder: LibraryFolder = LibraryFolder(),
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.init(folder: folder, variables: variables, catalogue: .builtIn, architecture: .current)
    }

    /// - Parameters:
    ///   - freeBytes: the room at a path; `nil` if it is not known.
    ///   - pause: waits before a download goes on.
    package init(
        folder: LibraryFolder, variables: [String: String], catalogue: RuntimeCatalogue,
        architecture: ProcessorArchitecture?,
        freeBytes: @escaping @Sendable (URL) -> Int? = Self.freeBytes,
        pause: @escaping @Sendable (Int) async throws -> Void = { try await Task.sleep(for: .seconds($0)) }
    ) {
        self.folder = folder
        self.variables = variables
        self.catalogue = catalogue
        self.architecture = architecture
        self.freeBytes = freeBytes
        self.pause = pause
    }

    /// Where wheels are until they are unpacked, and the lock.
    var downloads: URL { folder.destination.appending(path: "downloads", directoryHint: .isDirectory) }

    /// The wheel on its way: named by its hash, because packages share wheels.
    func download(of wheel: RuntimeWheel) -> URL { downloads.appending(path: "\(wheel.sha256).part") }

    package static func freeBytes(at url: URL) -> Int? {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: url.path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
    }
}
