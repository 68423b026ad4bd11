import Foundation
import FoveaInstaller
import Testing

@Suite struct ZipArchiveTests {
    /// Made by Python's zipfile: a stored and a deflated file, and a folder.
    private let fromPython = """
        UEsDBBQAAAAAAIMYIlBleNFaDwAAAA8AAAAMAAAAYS9zdG9yZWQudHh0c3RvcmVkIGFzIGl0IGlzUEsDBBQAAAAIAIMYIlA2\
        Ez72GQAAAAgHAAAOAAAAYS9kZWZsYXRlZC50eHRLSU3LSSxJTVFIGWWMMkYZo4xRxihj5DEAUEsDBBQAAAAAAIMYIlAAAAAA\
        AAAAAAAAAAAEAAAAYS9iL1BLAQIUAxQAAAAAAIMYIlBleNFaDwAAAA8AAAAMAAAAAAAAAAAAAACkgQAAAABhL3N0b3JlZC50\
        eHRQSwECFAMUAAAACACDGCJQNhM+9hkAAAAIBwAADgAAAAAAAAAAAAAApIE5AAAAYS9kZWZsYXRlZC50eHRQSwECFAMUAAAA\
        AACDGCJQAAAAAAAAAAAAAAAABAAAAAAAAAAAABAA7UF+AAAAYS9iL1BLBQYAAAAAAwADAKgAAACgAAAAAAA=
        """

    private func contents(_ archive: ZipArchive, _ path: String) throws -> [UInt8] {
        let entry = try #require(archive.entries.first { $0.path == path })
        var bytes: [UInt8] = []
        try archive.read(entry) { bytes += $0 }
        return bytes
    }

    @Test func anArchiveOfAnotherProgramIsRead() throws {
        let folder = try TemporaryFolder()
        let data = try #require(Data(base64Encoded: fromPython))
        let archive = try ZipArchive(try folder.write([UInt8](data), to: "a.zip"))
        #expect(archive.entries.map(\.path) == ["a/stored.txt", "a/deflated.txt", "a/b/"])
        #expect(archive.entries.map(\.isFolder) == [false, false, true])
        #expect(archive.entries.map(\.bytes) == [15, 1800, 0])
        #expect(try contents(archive, "a/stored.txt") == Array("stored as it is".utf8))
        let deflated = String(repeating: "deflated ", count: 200)
        #expect(try contents(archive, "a/deflated.txt") == Array(deflated.utf8))
    }

    /// More than one piece in, and more than one piece out.
    @Test func largeMembersComeInPieces() throws {
        var state: UInt64 = 1
        let noise = (0..<300_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 56)
        }
        let zeros = [UInt8](repeating: 0, count: 600_000)
        let zip = TinyZip([
            .init("noise", noise, isDeflated: true), .init("zeros", zeros, isDeflated: true),
            .init("stored", noise), .init("empty", [], isDeflated: true), .init("nothing", []),
        ])
        let folder = try TemporaryFolder()
        let archive = try ZipArchive(try folder.write(zip.bytes, to: "a.zip"))
        #expect(try contents(archive, "noise") == noise)
        #expect(try contents(archive, "zeros") == zeros)
        #expect(try contents(archive, "stored") == noise)
        #expect(try contents(archive, "empty").isEmpty)
        #expect(try contents(archive, "nothing").isEmpty)
        var largest = 0
        for entry in archive.entries { try archive.read(entry) { largest = max(largest, $0.count) } }
        #expect(largest <= 256 << 10)
    }

    @Test func aCommentMayLookLikeTheDirectory() throws {
        var zip = TinyZip([.init("file", "text")])
        zip.comment = "PK\u{5}\u{6} and so on"
        let folder = try TemporaryFolder()
        let archive = try ZipArchive(try folder.write(zip.bytes, to: "a.zip"))
        #expect(try contents(archive, "file") == Array("text".utf8))
    }

    /// The check value of the CRC-32 that ZIP files have, by the catalogue of
    /// parametrised CRC algorithms (CRC-32/ISO-HDLC).
    @Test func theChecksumIsTheOneThatZipFilesHave() {
        var checksum = Checksum()
        for part in ["1234", "", "56789"] { Array(part.utf8).withUnsafeBytes { checksum.add($0) } }
        #expect(checksum.value == 0xCBF4_3926 && checksum.bytes == 9)
    }
}
