import FoveaCore
import Foundation

/// What every engine wants of a model's file before it opens it.
package enum ModelFile {
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the file, where it is not
    ///   there, a folder, or not to be read.
    package static func check(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw FoveaError(
                .modelInvalid, "The model \(path) cannot be loaded: there is no such file. Fetch it again.")
        }
        guard !isFolder.boolValue else {
            throw FoveaError(.modelInvalid, "The model \(path) cannot be loaded: it is a folder, not a file.")
        }
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw FoveaError(
                .modelInvalid,
                "The model \(path) cannot be loaded: it may not be read. Change the file's permissions.")
        }
    }
}
