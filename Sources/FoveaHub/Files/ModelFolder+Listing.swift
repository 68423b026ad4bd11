import Foundation

extension ModelFolder {
    /// The paths of a model's files: those beside its graphs, those of other
    /// engines' chips and those its parts share; without what engines wrote.
    func files() -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: url.path) else { return [] }
        var paths: [String] = []
        while let path = walk.nextObject() as? String, paths.count < ListedPath.most {
            if ListedPath.isHidden(path) {
                walk.skipDescendants()
                continue
            }
            guard !WantedFiles.isWritten(path), case .file = content(of: path), Self.isOwn(path) else {
                continue
            }
            paths.append(path)
        }
        return paths
    }

    /// Whether a model's own files are there: others are graphs that were
    /// prepared for a device, in folders of their own.
    private static func isOwn(_ path: String) -> Bool {
        let components = path.split(separator: "/")
        return components.count <= 2 || components.contains("rknpu")
    }
}
