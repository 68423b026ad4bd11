import FoveaBackends
import FoveaCore
import FoveaImaging
import Foundation
import ONNXRuntimeBackend

/// The small real models and the sample pictures that `make setup` provides.
enum DemoModel {
    /// - Parameter path: below the folder of models.
    static func session(_ path: String) async throws -> any ModelSession {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
        return try await ONNXRuntimeBackend().open(cache.appending(path: "fovea/demo-models/\(path)"))
    }

    /// The names of all sample pictures, and what is in them.
    static func samples() throws -> [(name: String, image: PixelImage)] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Samples").standardized
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasSuffix(".jpg") || $0.hasSuffix(".png") }
            .map { name in
                let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
                return (name, try ImageDecoder().decode(bytes))
            }
    }
}
