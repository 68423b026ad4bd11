public import Foundation

/// The folders that vendors' runtimes may lie in, and the one that new ones go
/// to. Each package has a subfolder named ``RuntimePackage/folderName``.
///
/// ```swift
/// let plugin = LibraryFolder().find(.webgpu)?.appending(path: RuntimePackage.webgpu.mainLibrary)
/// ```
public struct LibraryFolder: Sendable, Hashable {
    /// Where packages are looked for, in this order: `FOVEA_LIBRARY_FOLDER`,
    /// where it is set; `../lib/fovea` beside the program; the user's cache,
    /// which is `$XDG_CACHE_HOME/fovea` or `~/.cache/fovea`.
    public let folders: [URL]

    /// Where packages are installed to: `FOVEA_LIBRARY_FOLDER`, where it is
    /// set, or else the user's cache. It need not exist.
    public let destination: URL

    /// - Parameters:
    ///   - variables: the process's environment.
    ///   - executable: the file of the running program.
    public init(
        variables: [String: String] = ProcessInfo.processInfo.environment,
        executable: URL? = Bundle.main.executableURL
    ) {
        let cache = Self.cache(variables).appending(path: "fovea", directoryHint: .isDirectory)
        let chosen = variables["FOVEA_LIBRARY_FOLDER"]
            .flatMap { $0.isEmpty ? nil : URL(filePath: $0, directoryHint: .isDirectory).standardizedFileURL }
        let home = executable?.resolvingSymlinksInPath().deletingLastPathComponent()
        let beside = home.map {
            $0.appending(components: "..", "lib", "fovea", directoryHint: .isDirectory).standardizedFileURL
        }
        folders = [chosen, beside, cache].compactMap(\.self)
        destination = chosen ?? cache
    }

    /// The folder of `package`: the first that has the files without which the
    /// package is of no use. `nil` if it is not installed in this version.
    public func find(_ package: RuntimePackage) -> URL? {
        let needed = [package.mainLibrary, package.baseLibrary].compactMap(\.self)
        return folders.lazy.map { Self.folder(of: package, in: $0) }.first { folder in
            needed.allSatisfy { FileManager.default.fileExists(atPath: folder.appending(path: $0).path) }
        }
    }

    /// The packages that are there, and their folders.
    public var installed: [RuntimePackage: URL] {
        RuntimePackage.allCases.reduce(into: [:]) { $0[$1] = find($1) }
    }

    /// Where `package` is installed to, whether or not it is there.
    public func destination(of package: RuntimePackage) -> URL {
        Self.folder(of: package, in: destination)
    }

    private static func folder(of package: RuntimePackage, in folder: URL) -> URL {
        folder.appending(path: package.folderName, directoryHint: .isDirectory)
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
