package import FoveaCore
package import Foundation

/// What Fovea put into a model's folder: `manifest.json` among what it notes
/// down about the model. Only these files are ever replaced or removed.
package struct ModelManifest: Codable, Sendable, Hashable {
    package struct Entry: Codable, Sendable, Hashable {
        package var byteCount: Int
        /// In lower-case hexadecimal digits.
        package var sha256: String
        /// What the server called this version of it.
        package var etag: String?
        /// Where it came from, for people.
        package var source: String
        /// The commit of the source's repository, where it has such.
        package var commit: String?
        package var date: Date

        package init(
            byteCount: Int, sha256: String, etag: String? = nil, source: String, commit: String? = nil,
            date: Date
        ) {
            self.byteCount = byteCount
            self.sha256 = sha256
            self.etag = etag
            self.source = source
            self.commit = commit
            self.date = date
        }
    }

    package static let name = "manifest.json"
    /// The longest that is read, in bytes: room for ``ListedPath/most`` files.
    private static let longest = 8 << 20

    package var version = 1
    package var model: String
    package var revision: String
    /// The parts that were completed, all of a model as ``whole``.
    package var parts: Set<String> = []
    package var files: [String: Entry] = [:]

    /// Stands for all that the source had.
    package static let whole = "all"

    package init(task: ModelTask, name: String, revision: String) {
        model = "\(task.rawValue)/\(name)"
        self.revision = revision
    }

    /// - Returns: `nil` for what is no manifest. Those who share the folder
    ///   may have written it, so paths that lead elsewhere are dropped.
    package init?(_ data: Data) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard data.count <= Self.longest, var manifest = try? decoder.decode(Self.self, from: data),
            manifest.version == 1
        else { return nil }
        manifest.files = manifest.files.filter {
            ListedPath.fault(of: $0.key) == nil && !ListedPath.isHidden($0.key)
        }
        self = manifest
    }

    /// Reads the manifest among a model's records; `nil` where there is none.
    package init?(in records: URL) {
        guard let data = try? Data(contentsOf: records.appending(component: Self.name)) else { return nil }
        self.init(data)
    }

    /// As it is written: for people too, and the same for the same contents.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        var data = try encoder.encode(self)
        data.append(UInt8(ascii: "\n"))
        return data
    }

    /// Bytes of all its files.
    package var byteCount: Int { files.values.reduce(0) { $0 + $1.byteCount } }

    /// Whether a part was completed.
    package func has(_ part: ModelPart, of task: ModelTask) -> Bool {
        if parts.contains(Self.whole) { return true }
        if part == .all { return false }
        return part.types(of: task).allSatisfy { parts.contains($0.rawValue) }
    }

    /// Notes down that a part is complete.
    package mutating func complete(_ part: ModelPart, of task: ModelTask) {
        if part == .all { parts.insert(Self.whole) }
        for type in part.types(of: task) where files["\(type.rawValue)/model.onnx"] != nil || part != .all {
            parts.insert(type.rawValue)
        }
    }
}
