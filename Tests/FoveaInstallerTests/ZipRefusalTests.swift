import Foundation
import FoveaInstaller
import Testing

@Suite struct ZipRefusalTests {
    /// Opens an archive and reads all of it, which has to fail, and returns why.
    private func fault(_ bytes: [UInt8]) throws -> String {
        let folder = try TemporaryFolder()
        let url = try folder.write(bytes, to: "a.zip")
        let fault = #expect(throws: ZipFault.self) {
            let archive = try ZipArchive(url)
            for entry in archive.entries { try archive.read(entry) { _ in } }
        }
        return fault?.description ?? ""
    }

    private func fault(_ change: (inout TinyZip.Member) -> Void) throws -> String {
        var member = TinyZip.Member("file", Array("some text, some text".utf8), isDeflated: true)
        change(&member)
        return try fault(TinyZip([member]).bytes)
    }

    @Test func whatIsNoArchive() throws {
        #expect(try fault([]).contains("not a ZIP file"))
        #expect(try fault([UInt8](repeating: 0, count: 70_000)).contains("not a ZIP file"))
    }

    @Test func anArchiveThatIsCutAnywhere() throws {
        let bytes = TinyZip([.init("file", Array("text".utf8), isDeflated: true)]).bytes
        for count in 0..<bytes.count { #expect(try !fault(Array(bytes.prefix(count))).isEmpty, "\(count)") }
    }

    @Test func damageAnywhereIsSeenOrHarmless() throws {
        let text = Array("some text, some text, some text".utf8)
        let good = TinyZip([.init("file", text, isDeflated: true)]).bytes
        let folder = try TemporaryFolder()
        for index in good.indices {
            var bad = good
            bad[index] ^= 0x55
            let url = try folder.write(bad, to: "\(index).zip")
            guard let archive = try? ZipArchive(url), let entry = archive.entries.first else { continue }
            var read: [UInt8] = []
            guard (try? archive.read(entry) { read += $0 }) != nil else { continue }
            // A date, a version or a mode is changed, or the name in both places not.
            #expect(read == text, "\(index)")
        }
    }

    @Test func membersThatAreNotWhatTheySay() throws {
        #expect(try fault { $0.claimedCRC = 1 }.contains("checksum"))
        #expect(try fault { $0.claimedBytes = 19 }.contains("larger than it says"))
        #expect(try fault { $0.claimedBytes = 21 }.contains("smaller than it says"))
        #expect(try fault { $0.localName = "else" }.contains("another name"))
    }

    @Test func membersThatNoWheelHas() throws {
        #expect(try fault { $0.flags = 1 }.contains("encrypted"))
        #expect(try fault { $0.method = 12 }.contains("not supported"))
        #expect(try fault { $0.mode = 0o120777 }.contains("symbolic link"))
        #expect(try fault { $0.mode = 0o060644 }.contains("not a file"))
        #expect(try fault { $0.claimedBytes = 0xFFFF_FFFF }.contains("ZIP64"))
        #expect(try fault { $0.method = 0 }.contains("says"))
    }

    @Test func membersOfTheSameName() throws {
        let zip = TinyZip([.init("file", "1"), .init("file", "2")])
        #expect(try fault(zip.bytes).contains("two members named file"))
    }

    @Test(arguments: [
        "../up", "a/../../up", "/etc/passwd", "a//b", "./a", "a\\..\\b", "a\u{0}b", "a\nb", "", "/",
    ])
    func pathsThatLeadElsewhere(_ path: String) throws {
        #expect(throws: ZipFault.self) { try MemberPath.check(path) }
        #expect(try !fault(TinyZip([.init(path, "x")]).bytes).isEmpty)
    }

    @Test(arguments: ["a", "a/b.c", "a/", "..a/b..", "ä/ü", "a b"])
    func pathsThatDoNot(_ path: String) throws {
        try MemberPath.check(path)
    }
}
