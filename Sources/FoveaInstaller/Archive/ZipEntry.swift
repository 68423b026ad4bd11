/// One member of an archive, as the archive's directory describes it.
package struct ZipEntry: Sendable, Hashable {
    package enum Method: UInt16, Sendable {
        case stored = 0
        case deflated = 8
    }

    /// The member's path; checked by ``MemberPath``.
    package var path: String
    package var method: Method
    package var crc32: UInt32
    package var compressedBytes: Int
    package var bytes: Int
    /// Where the member's own header begins in the file.
    package var headerOffset: Int

    package init(
        path: String, method: Method, crc32: UInt32, compressedBytes: Int, bytes: Int, headerOffset: Int
    ) {
        self.path = path
        self.method = method
        self.crc32 = crc32
        self.compressedBytes = compressedBytes
        self.bytes = bytes
        self.headerOffset = headerOffset
    }

    /// Whether the member stands for a folder.
    package var isFolder: Bool { path.hasSuffix("/") }
    /// The path's last component.
    package var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}
