import FoveaCore
import FoveaDownload
package import FoveaModels
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What was removed of a model.
package struct RemovalResult: Sendable, Hashable {
    /// Files that are gone.
    package var removed: [String] = []
    /// Bytes that they had.
    package var byteCount = 0
    /// Files that are still there, and why.
    package var kept: [String: Reason] = [:]

    package enum Reason: String, Sendable, Hashable, Codable {
        /// It was not put there by Fovea.
        case foreign
        /// It was, and has been changed since.
        case changed
    }
}

extension ModelLibrary {
    /// Removes the files of a model that Fovea put there and that are as they
    /// were then. Others stay. Processes that have files open keep them.
    ///
    /// - Throws: ``FoveaError/Code/modelNotFound`` if they cannot be removed;
    ///   `CancellationError`.
    @discardableResult
    package func remove(_ home: ModelHome) async throws -> RemovalResult {
        guard home.isUsable else { throw PullFailure.unusable(home) }
        let (folder, records) = (folder(home), records(home))
        guard manifest(of: home) != nil else {
            return RemovalResult(kept: foreign(in: folder, besides: []))
        }
        do {
            let lock = try await ModelLock.take(records, in: pool) {}
            defer { withExtendedLifetime(lock) {} }
            guard let manifest = manifest(of: home) else { return RemovalResult() }
            var result = RemovalResult()
            // Graphs first: a model that is removed by half does not count as installed.
            let paths = manifest.files.keys.sorted {
                (-WantedFiles.rank($0), $0) < (-WantedFiles.rank($1), $1)
            }
            for path in paths {
                guard let entry = manifest.files[path] else { continue }
                try await pool.run { try remove(path, entry, in: folder) }.map { reason in
                    result.kept[path] = reason
                }
                    ?? {
                        result.removed.append(path)
                        result.byteCount += entry.byteCount
                    }()
            }
            try await forget(manifest, keeping: Set(result.kept.keys), of: home)
            result.kept.merge(foreign(in: folder, besides: manifest.files.keys.sorted())) { one, _ in one }
            return result
        } catch let fault as SystemFault {
            throw PullFailure.storage(home, in: cache, fault)
        }
    }

    /// - Returns: why it stays; `nil` if it is gone.
    private func remove(
        _ path: String, _ entry: ModelManifest.Entry, in folder: ModelFolder
    ) throws -> RemovalResult.Reason? {
        let file = folder.place(of: path)
        var facts = stat()
        guard lstat(file.path, &facts) == 0 else { return nil }
        // A link is not what was put there, whatever it leads to.
        guard facts.st_mode & S_IFMT == S_IFREG, Int(facts.st_size) == entry.byteCount,
            folder.isInside(path), try FileDigests(of: file).sha256 == entry.sha256
        else { return .changed }
        guard unlink(file.path) == 0 else { throw SystemFault("remove", file.path) }
        folder.removeEmptyFolders(above: path)
        return nil
    }

    /// Notes down what is left, or nothing where nothing is.
    private func forget(_ manifest: ModelManifest, keeping kept: Set<String>, of home: ModelHome) async throws
    {
        let records = records(home)
        var manifest = manifest
        manifest.files = manifest.files.filter { kept.contains($0.key) }
        manifest.parts = []
        let data = try manifest.encoded()
        try await pool.run { [isEmpty = manifest.files.isEmpty] in
            let file = records.appending(component: ModelManifest.name)
            guard isEmpty else { return try replace(file, by: data) }
            let names = [ModelManifest.name, Transfer.partialsName, ".used", ModelLock.name]
            for name in names { try? FileManager.default.removeItem(at: records.appending(component: name)) }
            // Those of other revisions are below it, perhaps.
            rmdir(records.path)
        }
    }

    private func foreign(in folder: ModelFolder, besides own: [String]) -> [String: RemovalResult.Reason] {
        Dictionary(folder.files().filter { !own.contains($0) }.map { ($0, .foreign) }) { one, _ in one }
    }
}

extension ModelFolder {
    /// Whether a file is in the model's folder, links in its path resolved.
    func isInside(_ path: String) -> Bool {
        guard let root = realPath(url.path),
            let parent = realPath(place(of: path).deletingLastPathComponent().path)
        else { return false }
        return parent == root || parent.hasPrefix("\(root)/")
    }
}
