import FoveaCore
import Foundation

/// A small file that is gone with the last reference.
final class TemporaryFile: Sendable {
    let path: String

    /// - Throws: ``FoveaError/Code/engineUnavailable`` where the folder for
    ///   temporary files cannot be written.
    init(json: [String: [String: String]], named name: String) throws {
        path =
            FileManager.default.temporaryDirectory
            .appending(component: "fovea-\(name)-\(UUID().uuidString).json").path
        do {
            let data = try JSONSerialization.data(withJSONObject: json, options: [.sortedKeys])
            try data.write(to: URL(filePath: path))
        } catch {
            throw FoveaError(
                .engineUnavailable,
                "The file \(path) cannot be written, by which a provider is set up: set TMPDIR to a folder that can.",
                cause: error)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
