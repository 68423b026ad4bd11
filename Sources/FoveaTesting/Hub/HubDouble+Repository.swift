import Crypto
import Foundation

extension HubDouble {
    /// A model repository.
    package struct Repository: Sendable {
        /// As `organization/name`.
        package var id: String
        package var files: [File]
        /// The commit that ``revisions`` stand for.
        package var commit: String
        /// The branches and tags.
        package var revisions: [String] = ["main"]
        package var access = Access.open

        package init(_ id: String, _ files: [File], commit: String? = nil, access: Access = .open) {
            self.id = id
            self.files = files
            self.access = access
            self.commit = commit ?? Digest.text(Insecure.SHA1.hash(data: Data(id.utf8)))
        }

        func has(_ revision: String) -> Bool { revision == commit || revisions.contains(revision) }
    }

    /// Who may read a repository.
    package enum Access: Sendable, Hashable {
        case open
        /// All may list it; its files are for those with this token.
        case gated(token: String)
        /// It is there for nobody but those with this token.
        case hidden(token: String)
    }

    /// A file of a repository.
    package struct File: Sendable {
        package var path: String
        package var bytes: [UInt8]
        /// Whether it is kept outside git, as large files are: it is announced by its SHA-256, and sent by
        /// another host.
        package var isLarge: Bool
        /// What is announced in place of its size.
        package var announcedBytes: Int?
        /// What is announced in place of its hash: the SHA-256 of a large file, the git blob's of another.
        package var announcedHash: String?

        package init(_ path: String, _ bytes: [UInt8], isLarge: Bool = false) {
            self.path = path
            self.bytes = bytes
            self.isLarge = isLarge
        }

        package var sha256: String { Digest.text(SHA256.hash(data: bytes)) }
        var size: Int { announcedBytes ?? bytes.count }
        var largeHash: String { announcedHash ?? sha256 }

        /// What git keeps: the file, or the pointer to it (Git LFS specification, "The Pointer").
        var blob: [UInt8] {
            guard isLarge else { return bytes }
            return Array(
                "version https://git-lfs.github.com/spec/v1\noid sha256:\(sha256)\nsize \(bytes.count)\n".utf8
            )
        }

        /// The name of what git keeps.
        var blobID: String {
            if !isLarge, let announcedHash { return announcedHash }
            return Digest.text(Insecure.SHA1.hash(data: Array("blob \(blob.count)\0".utf8) + blob))
        }
    }

    enum Digest {
        static func text(_ digest: some Sequence<UInt8>) -> String {
            digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
