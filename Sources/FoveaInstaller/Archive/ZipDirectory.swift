/// Reads the directory at the end of an archive: names, sizes and places of all
/// members. Pure; the numbers in comments are offsets and sections of PKWARE's
/// APPNOTE.TXT 6.3.10.
package enum ZipDirectory {
    /// Bytes of the record at the archive's end, less its comment (4.3.16).
    static let endBytes = 22
    /// How far from the end that record may begin: a comment has 16 bits.
    static let longestEnd = endBytes + 65_535
    /// The largest directory that is read. 355 members take 40 kB.
    private static let largest = 16 << 20

    /// Where the directory is.
    package struct Place: Hashable, Sendable {
        package var offset: Int
        package var bytes: Int
        package var entries: Int
    }

    /// Finds the directory.
    ///
    /// - Parameters:
    ///   - tail: the last bytes of the file, ``longestEnd`` or all there are.
    ///   - fileBytes: the size of the file.
    package static func place(tail: [UInt8], fileBytes: Int) throws -> Place {
        // From behind, because what is in front may look alike.
        var start = tail.count - endBytes
        while start >= 0 {
            if try tail.littleEndian(at: start, bytes: 4) == 0x0605_4B50,
                try tail.littleEndian(at: start + 20, bytes: 2) == tail.count - start - endBytes
            {
                return try place(end: tail[start...], at: fileBytes - tail.count + start)
            }
            start -= 1
        }
        throw ZipFault("it is not a ZIP file, or it is cut short")
    }

    private static func place(end: ArraySlice<UInt8>, at offset: Int) throws -> Place {
        let disks = try (
            end.littleEndian(at: 4, bytes: 2), end.littleEndian(at: 6, bytes: 2),
            end.littleEndian(at: 8, bytes: 2)
        )
        let place = Place(
            offset: try end.littleEndian(at: 16, bytes: 4), bytes: try end.littleEndian(at: 12, bytes: 4),
            entries: try end.littleEndian(at: 10, bytes: 2))
        guard place.offset != 0xFFFF_FFFF, place.bytes != 0xFFFF_FFFF, place.entries != 0xFFFF else {
            throw ZipFault("it is in ZIP64 format, which is not supported")
        }
        guard disks == (0, 0, place.entries) else { throw ZipFault("it is one part of several") }
        guard place.bytes <= largest, place.offset + place.bytes <= offset else {
            throw ZipFault("its directory is too large or not where it should be")
        }
        return place
    }

    /// Reads the directory's members.
    ///
    /// - Throws: ``ZipFault`` for an archive with members that are encrypted,
    ///   compressed otherwise, symbolic links or devices, or that have the same
    ///   path twice or one that ``MemberPath`` refuses.
    package static func entries(_ directory: [UInt8], at place: Place) throws -> [ZipEntry] {
        var entries: [ZipEntry] = []
        var paths: Set<String> = []
        var offset = 0
        for _ in 0..<place.entries {
            let (entry, next) = try entry(directory, at: offset)
            guard paths.insert(entry.path).inserted else {
                throw ZipFault("it has two members named \(entry.path)")
            }
            // Less the header, 30 bytes at least, that stands before it.
            guard entry.headerOffset + 30 + entry.compressedBytes <= place.offset else {
                throw ZipFault("its member \(entry.path) is not where it should be")
            }
            entries.append(entry)
            offset = next
        }
        guard offset == directory.count else { throw ZipFault("its directory is not as long as it says") }
        return entries
    }

    /// Reads one member's header (4.3.12).
    private static func entry(_ bytes: [UInt8], at start: Int) throws -> (ZipEntry, next: Int) {
        func number(_ offset: Int, _ count: Int) throws -> Int {
            try bytes.littleEndian(at: start + offset, bytes: count)
        }
        guard try number(0, 4) == 0x0201_4B50 else { throw ZipFault("its directory is damaged") }
        let nameStart = start + 46
        let nameEnd = nameStart + (try number(28, 2))
        let next = nameEnd + (try number(30, 2)) + (try number(32, 2))
        guard next <= bytes.count else { throw ZipFault("its directory is cut short") }
        guard let path = String(validating: bytes[nameStart..<nameEnd], as: UTF8.self) else {
            throw ZipFault("it has a member whose name is not UTF-8")
        }
        try MemberPath.check(path)
        guard try number(8, 2) & 1 == 0 else { throw ZipFault("its member \(path) is encrypted") }
        guard let method = ZipEntry.Method(rawValue: UInt16(try number(10, 2))) else {
            throw ZipFault("its member \(path) is compressed in a way that is not supported")
        }
        let entry = ZipEntry(
            path: path, method: method, crc32: UInt32(try number(16, 4)),
            compressedBytes: try number(20, 4), bytes: try number(24, 4), headerOffset: try number(42, 4))
        guard entry.compressedBytes != 0xFFFF_FFFF, entry.bytes != 0xFFFF_FFFF else {
            throw ZipFault("it is in ZIP64 format, which is not supported")
        }
        try checkKind(of: entry, unixMode: (try number(38, 4)) >> 16)
        return (entry, next)
    }

    /// Unix tools keep a file's mode in the upper half of the attributes.
    private static func checkKind(of entry: ZipEntry, unixMode: Int) throws {
        switch unixMode & 0o170000 {
        case 0, 0o100000: break
        case 0o040000 where entry.isFolder: break
        case 0o120000: throw ZipFault("its member \(entry.path) is a symbolic link")
        default: throw ZipFault("its member \(entry.path) is not a file")
        }
    }
}
