import FoveaCore
package import Foundation

/// A ZIP file whose directory has been read and checked. The members are read
/// in pieces, so that memory stays small however large they are.
package struct ZipArchive: Sendable {
    private let file: InputFile
    package let entries: [ZipEntry]

    /// Reads the directory; blocks.
    ///
    /// - Throws: ``ZipFault`` if the file is not an archive, or one that is
    ///   refused; ``SystemFault`` if it cannot be read.
    package init(_ url: URL) throws {
        file = try InputFile(url)
        let tailBytes = min(file.bytes, ZipDirectory.longestEnd)
        let tail = try file.read(at: file.bytes - tailBytes, count: tailBytes)
        let place = try ZipDirectory.place(tail: tail, fileBytes: file.bytes)
        entries = try ZipDirectory.entries(try file.read(at: place.offset, count: place.bytes), at: place)
    }

    /// Hands out a member's contents, piece by piece; blocks.
    ///
    /// - Parameter sink: takes the pieces in order, not larger than 256 KiB.
    /// - Throws: ``ZipFault`` if the contents are damaged, in which case some
    ///   pieces may have been handed out; and what `sink` throws.
    package func read(_ entry: ZipEntry, into sink: (UnsafeRawBufferPointer) throws -> Void) throws {
        var offset = try dataOffset(of: entry)
        var rest = entry.compressedBytes
        var checksum = Checksum()
        let inflater = try entry.method == .deflated ? Inflater() : nil
        func deliver(_ bytes: UnsafeRawBufferPointer) throws {
            guard checksum.bytes + bytes.count <= entry.bytes else {
                throw ZipFault("its member \(entry.path) is larger than it says")
            }
            checksum.add(bytes)
            try sink(bytes)
        }
        while rest > 0 {
            let piece = try file.read(at: offset, count: min(rest, Inflater.pieceBytes))
            guard !piece.isEmpty else { throw ZipFault("it is cut short") }
            offset += piece.count
            rest -= piece.count
            if let inflater {
                try inflater.inflate(piece, into: deliver)
            } else {
                try piece.withUnsafeBytes(deliver)
            }
        }
        guard inflater?.isDone != false, checksum.bytes == entry.bytes else {
            throw ZipFault("its member \(entry.path) is smaller than it says")
        }
        guard checksum.value == entry.crc32 else {
            throw ZipFault("its member \(entry.path) does not have the checksum that it says")
        }
    }

    /// Where a member's data begins: behind a header of its own, whose fields
    /// may have other lengths than in the directory (APPNOTE.TXT 4.3.7).
    private func dataOffset(of entry: ZipEntry) throws -> Int {
        let header = try file.read(at: entry.headerOffset, count: 30)
        guard try header.littleEndian(at: 0, bytes: 4) == 0x0403_4B50 else {
            throw ZipFault("its member \(entry.path) is not where it should be")
        }
        let nameBytes = try header.littleEndian(at: 26, bytes: 2)
        let name = try file.read(at: entry.headerOffset + 30, count: nameBytes)
        guard name.elementsEqual(entry.path.utf8) else {
            throw ZipFault("its member \(entry.path) has another name in its directory")
        }
        return entry.headerOffset + 30 + nameBytes + (try header.littleEndian(at: 28, bytes: 2))
    }
}
