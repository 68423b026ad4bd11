import FoveaBackends
import FoveaTesting
import Foundation
import ONNXRuntimeBackend

/// What the tests share: the installed engine, and a folder for their files.
enum Engine {
    /// Finds ONNX Runtime as users do; needs `make setup` to have run.
    static func backend(_ configuration: ONNXRuntimeConfiguration = .init()) throws -> ONNXRuntimeBackend {
        try ONNXRuntimeBackend(configuration: configuration)
    }

    /// Loads a model made up in a test.
    static func session(
        _ model: ONNXModel, _ configuration: ONNXRuntimeConfiguration = .init()
    ) async throws -> any ModelSession {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "model.onnx")
            try model.write(to: file)
            return try await backend(configuration).open(file)
        }
    }
}

/// A new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
