package import FoveaDownload
package import Foundation

/// What the downloader that Immich uses notes down about a file, in
/// `<model's folder>/.cache/huggingface/download/<path>.metadata`: three lines,
/// with the commit, the ETag and the time (`huggingface_hub`, `_local_folder.py`).
///
/// It is only read. That the file has changed since is not told by its date,
/// because those who share a folder may have other clocks.
package struct DownloaderRecord: Sendable, Hashable {
    package static let folder = ".cache/huggingface/download"

    package var commit: String
    package var etag: String

    /// - Returns: `nil` for another form.
    package init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard lines.count >= 3, HubListing.isHex(lines[0], 40), !lines[1].isEmpty else { return nil }
        commit = lines[0].lowercased()
        etag = lines[1]
    }

    /// What the file has to hash to: the ETag of a file in Git LFS is its
    /// SHA-256, that of another the name that git gives it.
    package var hash: FileHash? {
        if HubListing.isHex(etag, 64) { return .sha256(etag.lowercased()) }
        return HubListing.isHex(etag, 40) ? .gitBlob(etag.lowercased()) : nil
    }

    /// All of a model's records, by path. Blocks.
    package static func all(in home: URL) -> [String: DownloaderRecord] {
        let root = home.appending(path: folder).path
        guard let walk = FileManager.default.enumerator(atPath: root) else { return [:] }
        var records: [String: DownloaderRecord] = [:]
        while let name = walk.nextObject() as? String, records.count < ListedPath.most {
            guard name.hasSuffix(".metadata"),
                let handle = FileHandle(forReadingAtPath: "\(root)/\(name)")
            else { continue }
            defer { try? handle.close() }
            let path = String(name.dropLast(".metadata".count))
            guard ListedPath.fault(of: path) == nil, !ListedPath.isHidden(path),
                let data = try? handle.read(upToCount: 4096)
            else { continue }
            records[path] = DownloaderRecord(String(decoding: data, as: UTF8.self))
        }
        return records
    }
}
