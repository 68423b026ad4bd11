import FoveaCore
package import Foundation

/// Decides which file the shim is opened from.
package struct ShimLocator {
    package static let fileName = "libfovea_armnn.so"

    /// A file or a folder that someone chose; nothing else is tried then.
    package var chosen: String?
    /// Folders to look in, in this order.
    package var folders: [URL]

    /// - Parameters:
    ///   - path: as configured; `FOVEA_ARMNN_SHIM` of `variables` otherwise.
    ///   - variables: the process's environment.
    ///   - executable: the file of the running program.
    package init(
        path: String?,
        variables: [String: String] = ProcessInfo.processInfo.environment,
        executable: URL? = Bundle.main.executableURL
    ) {
        chosen = [path, variables["FOVEA_ARMNN_SHIM"]].compactMap(\.self).first { !$0.isEmpty }
        folders = []
        if let home = executable?.resolvingSymlinksInPath().deletingLastPathComponent() {
            folders.append(home.appending(components: "..", "lib", "fovea").standardizedFileURL)
            folders.append(home)
        }
        folders.append(Self.cache(variables).appending(path: "fovea/armnn"))
    }

    /// The files that are looked for, in this order.
    package var candidates: [String] {
        if let chosen { return [Self.isFolder(chosen) ? Self.file(in: URL(filePath: chosen)) : chosen] }
        return folders.map(Self.file)
    }

    /// The first candidate that exists.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` naming all of them.
    package func locate() throws -> String {
        if let found = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }) {
            return found
        }
        let files = candidates.joined(separator: ", ")
        guard chosen == nil else {
            throw FoveaError(
                .engineUnavailable,
                """
                Fovea's library for Arm NN is not where the settings say: looked for \(files). \
                Correct or remove FOVEA_ARMNN_SHIM. \(ArmNNLibrary.advice)
                """)
        }
        throw FoveaError(
            .engineUnavailable,
            "Fovea's library for Arm NN was not found: looked for \(files). \(ArmNNLibrary.advice)")
    }

    private static func file(in folder: URL) -> String {
        folder.appending(path: fileName).path(percentEncoded: false)
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// `$XDG_CACHE_HOME`, which the XDG base directory specification wants
    /// absolute and otherwise ignored, or `~/.cache`.
    private static func cache(_ variables: [String: String]) -> URL {
        if let path = variables["XDG_CACHE_HOME"], path.hasPrefix("/") {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        let home =
            variables["HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser
        return home.appending(path: ".cache", directoryHint: .isDirectory)
    }
}
