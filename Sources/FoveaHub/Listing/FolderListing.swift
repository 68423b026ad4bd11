import FoveaDownload
package import Foundation

/// What a folder has that is laid out as the cache folder is.
package enum FolderListing {
    /// Lists a model's folder. Blocks, and reads no file.
    ///
    /// Links are followed as long as they stay in the model's folder: others
    /// would put files of this machine among the models by the folder's word.
    ///
    /// - Parameter sums: what its `SHA256SUMS` says, if it has one.
    /// - Throws: ``SourceFailure``.
    package static func read(_ home: URL, named source: String) throws -> ModelListing {
        guard let root = realPath(home.path), isFolder(root) else {
            throw SourceFailure.absent(home.path)
        }
        let files = FileManager.default
        guard let walk = files.enumerator(atPath: root) else {
            throw SourceFailure.unreachable("\(root) cannot be listed")
        }
        let sums = try checksums(in: root)
        var listed: [ListedFile] = []
        while let path = walk.nextObject() as? String {
            guard listed.count < ListedPath.most else { throw SourceFailure.hostile("too many files") }
            guard !ListedPath.isHidden(path), path != ChecksumList.name, ListedPath.fault(of: path) == nil,
                let real = realPath("\(root)/\(path)"), real.hasPrefix("\(root)/"),
                let attributes = try? files.attributesOfItem(atPath: real),
                attributes[.type] as? FileAttributeType == .typeRegular
            else { continue }
            listed.append(
                ListedFile(
                    path: path, byteCount: (attributes[.size] as? NSNumber)?.intValue,
                    hash: sums?.sums[path].map { .sha256($0) }, origin: .local(URL(filePath: real))))
        }
        return ModelListing(source: source, files: listed.sorted { $0.path < $1.path })
    }

    private static func checksums(in root: String) throws -> ChecksumList? {
        guard let handle = FileHandle(forReadingAtPath: "\(root)/\(ChecksumList.name)") else { return nil }
        defer { try? handle.close() }
        let data = (try? handle.read(upToCount: ChecksumList.longest)) ?? Data()
        return try ChecksumList(String(decoding: data, as: UTF8.self))
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
