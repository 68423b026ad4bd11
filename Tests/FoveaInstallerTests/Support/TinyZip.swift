import CZlib
import Foundation

/// Writes ZIP files, good ones and bad ones.
struct TinyZip {
    struct Member {
        var name: String
        var contents: [UInt8]
        var isDeflated = false
        /// A Unix mode; 0 for none.
        var mode = 0
        /// What the headers say, where they lie.
        var claimedBytes: Int?
        var claimedCRC: UInt32?
        var method: Int?
        var flags = 0
        /// The name in the member's own header, where it differs.
        var localName: String?

        init(_ name: String, _ contents: String) {
            self.init(name, Array(contents.utf8))
        }

        init(_ name: String, _ contents: [UInt8], isDeflated: Bool = false) {
            self.name = name
            self.contents = contents
            self.isDeflated = isDeflated
        }
    }

    var members: [Member]
    var comment = ""

    init(_ members: [Member]) {
        self.members = members
    }

    var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for member in members {
            let data = member.isDeflated ? Self.deflate(member.contents) : member.contents
            let common =
                Self.number(member.flags, 2) + Self.number(member.method ?? (member.isDeflated ? 8 : 0), 2)
                + Self.number(0, 4) + Self.number(Int(member.claimedCRC ?? Self.crc32(member.contents)), 4)
                + Self.number(data.count, 4)
                + Self.number(member.claimedBytes ?? member.contents.count, 4)
            let local = member.localName ?? member.name
            directory +=
                Self.number(0x0201_4B50, 4) + Self.number(3 << 8 | 20, 2) + Self.number(20, 2) + common
                + Self.number(member.name.utf8.count, 2) + Self.number(0, 8)
                + Self.number(member.mode << 16, 4) + Self.number(file.count, 4) + Array(member.name.utf8)
            // Four bytes of an extra field, which the directory does not have.
            file +=
                Self.number(0x0403_4B50, 4) + Self.number(20, 2) + common + Self.number(local.utf8.count, 2)
                + Self.number(4, 2) + Array(local.utf8) + [0xFE, 0xCA, 0, 0] + data
        }
        let end =
            Self.number(0x0605_4B50, 4) + Self.number(0, 4) + Self.number(members.count, 2)
            + Self.number(members.count, 2) + Self.number(directory.count, 4) + Self.number(file.count, 4)
            + Self.number(comment.utf8.count, 2) + Array(comment.utf8)
        return file + directory + end
    }

    private static func number(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    /// The polynomial division itself, so that the reader's table is not taken
    /// for its own proof.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value >> 1 ^ (value & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
    }

    private static func deflate(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard fovea_deflate_init(&stream) == Z_OK else { return [] }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 1024)
        let written = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return Array(output[..<written])
    }
}
