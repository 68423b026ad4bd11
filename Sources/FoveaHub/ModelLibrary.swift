import FoveaCore
import FoveaDownload
package import FoveaModels
package import Foundation

/// The models of the cache folder: getting them, checking them, and taking back
/// what was got.
///
/// ```swift
/// let library = ModelLibrary(try HubSettings(cache: folder))
/// try await library.pull(ModelID(.clip, .visual, name: "ViT-B-32__openai")) { progress in
///     print(progress.phase, progress.bytes, progress.total)
/// }
/// ```
///
/// What is not known to have come from here is neither replaced nor removed.
package struct ModelLibrary: Sendable {
    package let settings: HubSettings
    /// The environment, which may name a proxy.
    let variables: [String: String]
    let freeBytes: @Sendable (URL) -> Int?
    let pause: @Sendable (_ seconds: Int) async throws -> Void
    let now: @Sendable () -> Date
    /// Files are written and hashed here.
    let pool: BlockingPool

    /// - Parameters:
    ///   - variables: the process's environment: the variables that name a proxy.
    ///   - freeBytes: the room at a path; `nil` if it is not known.
    ///   - pause: waits before a download goes on.
    package init(
        _ settings: HubSettings,
        variables: [String: String] = ProcessInfo.processInfo.environment,
        freeBytes: @escaping @Sendable (URL) -> Int? = Self.freeBytes,
        now: @escaping @Sendable () -> Date = { .now },
        pause: @escaping @Sendable (_ seconds: Int) async throws -> Void = {
            try await Task.sleep(for: .seconds($0))
        }
    ) {
        self.settings = settings
        self.variables = variables
        self.freeBytes = freeBytes
        self.now = now
        self.pause = pause
        pool = BlockingPool(name: "models", width: 2)
    }

    /// The folder that holds the models.
    package var cache: URL { settings.cache }

    func folder(_ home: ModelHome) -> ModelFolder { ModelFolder(home.folder(in: cache)) }
    func records(_ home: ModelHome) -> URL { home.records(in: cache) }

    /// What came from us.
    package func manifest(of home: ModelHome) -> ModelManifest? { ModelManifest(in: records(home)) }

    package static func freeBytes(at url: URL) -> Int? {
        var url = url
        // The folder may have to be made yet.
        while url.path != "/", !FileManager.default.fileExists(atPath: url.path) {
            url.deleteLastPathComponent()
        }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: url.path)
        return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
    }
}
