import Foundation
import FoveaCore
import FoveaDownload
import FoveaInstaller
import Testing

@Suite struct UnpackerTests {
    private func wheel(_ unpacked: Int, _ kept: KeptMember) -> RuntimeWheel {
        RuntimeWheel("w.whl", folder: "", sha256: "", bytes: 0, unpacked: unpacked, keep: [kept])
    }

    @Test func aLinkStandsBesideItsFile() throws {
        let folder = try TemporaryFolder()
        let archive = try ZipArchive(
            try folder.write(TinyZip([.init("p/libx.so.1.2", "x")]).bytes, to: "a.zip"))
        let kept = KeptMember("p/libx.so.*", as: "libx.so.1", link: "libx.so")
        let item = try #require(UnpackPlan(archive.entries, of: wheel(1, kept)).items.first)
        var bytes = 0
        try Unpacker(archive, into: folder.url).write(item) { bytes += $0 }
        #expect(bytes == 1)
        #expect(try folder.contents("libx.so") == Array("x".utf8))
        let target = try FileManager.default.destinationOfSymbolicLink(
            atPath: folder.url.appending(path: "libx.so").path)
        #expect(target == "libx.so.1")
    }

    @Test func aFileThatIsThereIsNotWrittenOver() throws {
        let folder = try TemporaryFolder()
        let archive = try ZipArchive(try folder.write(TinyZip([.init("x", "new")]).bytes, to: "a.zip"))
        try folder.write(Array("old".utf8), to: "x")
        let item = try #require(UnpackPlan(archive.entries, of: wheel(3, "x")).items.first)
        #expect(throws: SystemFault.self) { try Unpacker(archive, into: folder.url).write(item) { _ in } }
        #expect(try folder.contents("x") == Array("old".utf8))
    }

    /// FIPS 180-2, appendix B.1.
    @Test func hashesAreThoseOfTheStandard() throws {
        let folder = try TemporaryFolder()
        let url = try folder.write(Array("abc".utf8), to: "abc")
        #expect(
            try FileDigests(of: url).sha256
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
