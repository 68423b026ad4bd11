package import FoveaDownload
package import Foundation

/// What the hub's API says of a repository:
/// `GET /api/models/<account>/<name>/revision/<revision>?blobs=true`.
///
/// Files in Git LFS have the SHA-256 of their contents, others the name that
/// git gives them.
package struct HubListing: Sendable, Hashable {
    /// A file, with what the hub says of it.
    package struct File: Sendable, Hashable {
        package var path: String
        package var byteCount: Int?
        package var hash: FileHash?

        package init(path: String, byteCount: Int?, hash: FileHash?) {
            self.path = path
            self.byteCount = byteCount
            self.hash = hash
        }
    }

    /// The longest answer that is read, in bytes. Known ones have up to 20 kB.
    package static let longest = 16 << 20
    /// The largest file that is believed, in bytes.
    private static let largest = 1 << 42

    /// The commit that the revision stands for now; 40 hexadecimal digits.
    package var commit: String?
    /// Without those whose names begin with a dot.
    package var files: [File]

    /// - Throws: ``SourceFailure/hostile(_:)`` for what no hub should say.
    package init(_ json: Data) throws {
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: json)
        } catch {
            throw SourceFailure.hostile("something else than a list of files")
        }
        commit = answer.sha.flatMap { Self.isHex($0, 40) ? $0.lowercased() : nil }
        let siblings = answer.siblings ?? []
        if let fault = ListedPath.fault(of: siblings.map(\.rfilename)) { throw SourceFailure.hostile(fault) }
        files = try siblings.filter { !ListedPath.isHidden($0.rfilename) }.map { sibling in
            let size = sibling.lfs?.size ?? sibling.size
            if let size, !(0...Self.largest).contains(size) {
                throw SourceFailure.hostile("a file of \(size) bytes: \(sibling.rfilename)")
            }
            return File(path: sibling.rfilename, byteCount: size, hash: try Self.hash(of: sibling))
        }
    }

    private static func hash(of sibling: Answer.Sibling) throws -> FileHash? {
        if let lfs = sibling.lfs {
            guard let digits = lfs.sha256 ?? lfs.oid, isHex(digits, 64) else {
                throw SourceFailure.hostile("a large file without its SHA-256: \(sibling.rfilename)")
            }
            return .sha256(digits.lowercased())
        }
        return sibling.blobId.flatMap { isHex($0, 40) ? .gitBlob($0.lowercased()) : nil }
    }

    /// Whether a text has so many hexadecimal digits, and nothing else.
    static func isHex(_ text: String, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    private struct Answer: Decodable {
        struct Sibling: Decodable {
            struct LFS: Decodable {
                var sha256: String?
                var oid: String?
                var size: Int?
            }

            var rfilename: String
            var size: Int?
            var blobId: String?
            var lfs: LFS?
        }

        var sha: String?
        var siblings: [Sibling]?
    }
}
