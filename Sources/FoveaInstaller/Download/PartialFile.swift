import Crypto
package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The beginning of a file that is being downloaded. Calls block.
package final class PartialFile: Sendable {
    private let descriptor: Int32
    private let path: String

    /// Opens the file, or makes it.
    package init(_ url: URL) throws {
        path = url.path
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw SystemFault("open", path) }
    }

    deinit { close(descriptor) }

    package var bytes: Int { Int(lseek(descriptor, 0, SEEK_END)) }

    package func append(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try Unpacker.write($0, to: descriptor, path: path) }
    }

    /// Starts over.
    package func empty() throws {
        guard ftruncate(descriptor, 0) == 0 else { throw SystemFault("truncate", path) }
    }

    /// The SHA-256 of the whole file, in lower-case hexadecimal digits.
    ///
    /// - Parameter progress: is told the bytes of each piece.
    package static func sha256(of url: URL, progress: (Int) -> Void) throws -> String {
        let file = try InputFile(url)
        var hash = SHA256()
        var offset = 0
        while true {
            let piece = try file.read(at: offset, count: 1 << 20)
            guard !piece.isEmpty else { break }
            hash.update(data: piece)
            offset += piece.count
            progress(piece.count)
        }
        return hash.finalize().map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
