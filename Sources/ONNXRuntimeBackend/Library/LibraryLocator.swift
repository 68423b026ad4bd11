import FoveaBackends
import FoveaCore
package import Foundation

/// Decides which file ONNX Runtime is opened from.
package struct LibraryLocator {
    private static let soname = "libonnxruntime.so.1"

    /// Names the file goes by in a folder, best first: as the wheel has it, as
    /// the linker wants it, as developers have it.
    private static let fileNames = [
        "libonnxruntime.so.\(ONNXRuntimeLibrary.pinnedVersion)", soname, "libonnxruntime.so",
    ]

    /// A file or a folder that someone chose; nothing else is tried then.
    package var chosen: String?
    /// Folders to look in, in this order.
    package var folders: [URL]
    /// What is opened where no file was found, by the system's search path.
    package var systemName = soname

    /// - Parameters:
    ///   - path: as configured; `FOVEA_ONNXRUNTIME` of `variables` otherwise.
    ///   - variables: the process's environment.
    ///   - executable: the file of the running program.
    package init(
        path: String?,
        variables: [String: String] = ProcessInfo.processInfo.environment,
        executable: URL? = Bundle.main.executableURL
    ) {
        chosen = [path, variables["FOVEA_ONNXRUNTIME"]].compactMap(\.self).first { !$0.isEmpty }
        folders = []
        if let home = executable?.resolvingSymlinksInPath().deletingLastPathComponent() {
            folders.append(home.appending(components: "..", "lib", "fovea").standardizedFileURL)
            folders.append(home)
        }
        folders += LibraryFolder(variables: variables, executable: executable).folders.map {
            $0.appending(path: RuntimePackage.onnxruntime.folderName)
        }
    }

    /// The files that are looked for, in this order.
    package var candidates: [String] {
        if let chosen { return Self.isFolder(chosen) ? Self.files(in: URL(filePath: chosen)) : [chosen] }
        return folders.flatMap(Self.files)
    }

    /// The first candidate that exists; `nil` if none does.
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
                ONNX Runtime's library is not where the settings say: looked for \
                \(candidates.joined(separator: ", ")). Version 1.20 or newer is needed. \
                Correct or remove FOVEA_ONNXRUNTIME; `make setup` installs \
                version \(ONNXRuntimeLibrary.pinnedVersion).
                """)
        }
        return nil
    }

    private static func files(in folder: URL) -> [String] {
        fileNames.map { folder.appending(path: $0).path(percentEncoded: false) }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
