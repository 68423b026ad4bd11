import FoveaCore
import Foundation

/// Decides which file Rockchip's runtime is opened from.
package struct LibraryLocator {
    private static let fileName = "librknnrt.so"

    /// A file or a folder that someone chose; nothing else is tried then.
    package var chosen: String?
    /// Where Rockchip's images and Immich's container have it.
    package var usual = "/usr/lib/\(fileName)"
    /// What is opened where no file was found, by the system's search path.
    package var systemName = fileName

    /// - Parameters:
    ///   - path: as configured; `LIBRKNNRT_PATH` of `variables` otherwise.
    ///   - variables: the process's environment.
    package init(path: String?, variables: [String: String] = ProcessInfo.processInfo.environment) {
        chosen = [path, variables["LIBRKNNRT_PATH"]].compactMap(\.self).first { !$0.isEmpty }
    }

    /// The files that are looked for.
    package var candidates: [String] {
        guard let chosen else { return [usual] }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: chosen, isDirectory: &isFolder), isFolder.boolValue
        else {
            return [chosen]
        }
        return [URL(filePath: chosen).appending(path: Self.fileName).path(percentEncoded: false)]
    }

    /// The candidate that exists; `nil` if none does.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if a path was chosen
    ///   that does not lead to a file.
    package func locate() throws -> String? {
        let candidates = candidates
        if let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) {
            return found
        }
        guard chosen == nil else {
            throw FoveaError(
                .engineUnavailable,
                """
                Rockchip's runtime is not where the settings say: looked for \
                \(candidates.joined(separator: ", ")). Correct or remove LIBRKNNRT_PATH. \
                \(RKNNLibrary.advice)
                """)
        }
        return nil
    }
}
