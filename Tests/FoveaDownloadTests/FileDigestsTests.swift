import Foundation
import FoveaDownload
import Testing

@Suite struct FileDigestsTests {
    /// SHA-256 from FIPS 180-2, appendix B.1; the git blob from
    /// `printf abc | git hash-object --stdin`.
    @Test func digestsAreThoseOfTheStandards() throws {
        let scene = try Scene()
        try Data("abc".utf8).write(to: scene.part)
        let digests = try FileDigests(of: scene.part)
        #expect(digests.byteCount == 3)
        #expect(digests.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(digests.gitBlob == "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f")
        #expect(digests.match(.sha256("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")))
        #expect(!digests.match(.gitBlob("ba7816bf")))
    }
}
