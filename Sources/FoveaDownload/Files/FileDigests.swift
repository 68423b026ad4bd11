import Crypto
package import Foundation
import FoveaCore

/// What a whole file hashes to, in lower-case hexadecimal digits.
package struct FileDigests: Sendable, Hashable {
    package let byteCount: Int
    package let sha256: String
    /// See ``FileHash/gitBlob(_:)``.
    package let gitBlob: String

    /// Reads the file once; blocks.
    ///
    /// - Parameter progress: is told the bytes of each piece.
    /// - Throws: `SystemFault` if it cannot be read.
    package init(of url: URL, progress: (Int) -> Void = { _ in }) throws {
        let file = try InputFile(url)
        var sha256 = SHA256()
        var git = Insecure.SHA1()
        git.update(data: Array("blob \(file.bytes)\0".utf8))
        var offset = 0
        while true {
            let piece = try file.read(at: offset, count: 1 << 20)
            guard !piece.isEmpty else { break }
            sha256.update(data: piece)
            git.update(data: piece)
            offset += piece.count
            progress(piece.count)
        }
        byteCount = offset
        self.sha256 = Self.text(sha256.finalize())
        gitBlob = Self.text(git.finalize())
    }

    /// Whether a file with these digests has this hash.
    package func match(_ hash: FileHash) -> Bool {
        switch hash {
        case .sha256: sha256 == hash.digits
        case .gitBlob: gitBlob == hash.digits
        }
    }

    /// The digest of the same kind as a hash.
    package func digits(for hash: FileHash) -> String {
        switch hash {
        case .sha256: sha256
        case .gitBlob: gitBlob
        }
    }

    private static func text(_ digest: some Sequence<UInt8>) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
