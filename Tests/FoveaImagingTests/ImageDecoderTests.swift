import FoveaCore
import FoveaImaging
import Foundation
import Testing

@Suite("Decoding picture files")
struct ImageDecoderTests {
    let decoder = ImageDecoder()

    /// Every format and kind in the fixtures; the expectation is Pillow's.
    @Test(arguments: Fixtures.decoding().sorted { $0.key < $1.key }.map(\.key))
    func givesPillowsPixels(name: String) throws {
        let expected = try #require(Fixtures.decoding()[name])
        let bytes = try Fixtures.file(name)
        #expect(RecordedPicture(try decoder.decode(bytes)) == expected)
        #expect(try decoder.size(of: bytes) == expected.size)
    }

    @Test func hasFixturesOfAllFormats() {
        let kinds = Set(Fixtures.decoding().keys.map { $0.split(separator: ".").last ?? "" })
        #expect(kinds == ["jpg", "png", "webp", "gif", "bmp", "tiff", "avif", "jp2", "j2k"])
        #expect(Fixtures.decoding().count > 120)
    }

    /// Pillow reads no HEIC, so that the drawing that was encoded is the
    /// reference. Coarser colours (4:2:0) stray far at the drawing's edges.
    @Test(arguments: [("444.heic", 2.0), ("420.heic", 12.0)])
    func decodesHEIC(name: String, tolerance: Double) throws {
        let picture = try decoder.decode(Fixtures.file(name))
        let original = try decoder.decode(Fixtures.file("heic-original.png"))
        #expect(picture.width == original.width)
        #expect(picture.height == original.height)
        let differences = zip(picture.pixels, original.pixels).map { abs(Double($0) - Double($1)) }
        #expect(differences.reduce(0, +) / Double(differences.count) < tolerance)
    }

    @Test(
        arguments: [
            ("nothing at all", [], "is empty"),
            ("a text", Array("hello, world".utf8), "starts with the bytes 68 65 6c 6c 6f"),
            ("one byte", [0xFF], "starts with the bytes ff."),
            ("JPEG XL", [0xFF, 0x0A, 0, 0], "JPEG XL, which is not supported"),
            ("a video", [0, 0, 0, 16] + Array("ftypmp42".utf8) + [0, 0, 0, 0], "MP4"),
            ("a PDF", Array("%PDF-1.4".utf8), "PDF, which is not supported"),
            ("the start of a JPEG", [0xFF, 0xD8, 0xFF], "truncated JPEG"),
            ("the start of a PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "truncated PNG"),
            ("the start of a BMP", Array("BM".utf8), "truncated BMP"),
            ("the start of a WebP", Array("RIFF....WEBP".utf8), "WebP"),
            ("the start of a GIF", Array("GIF89a".utf8), "truncated GIF"),
            ("the start of a TIFF", [0x49, 0x49, 0x2A, 0], "TIFF"),
        ] as [(String, [UInt8], String)])
    func saysWhatItLooksLike(what: String, bytes: [UInt8], text: String) {
        let error = #expect(throws: FoveaError.self) { try decoder.decode(bytes) }
        #expect(error?.code == .undecodablePicture)
        #expect(error?.message.contains(text) == true, "\(error?.message ?? "") for \(what)")
    }

    @Test(arguments: [
        "420.jpg", "progressive.jpg", "rgb8.png", "lossy.webp", "plain.gif", "rgb24.bmp",
    ])
    func callsHalfAFileTruncated(name: String) throws {
        let bytes = try Fixtures.file(name)
        let error = #expect(throws: FoveaError.self) {
            try decoder.decode(Array(bytes.prefix(bytes.count / 2)))
        }
        #expect(error?.code == .undecodablePicture)
        #expect(error?.message.contains("truncated") == true, "\(error?.message ?? "")")
    }

    /// A picture must not be refused for a text or profile beside it.
    @Test(arguments: ["bomb-text.png", "bomb-profile.png", "bomb-pixels.png"])
    func skipsWhatIsNoPixel(name: String) throws {
        #expect(try decoder.decode(Fixtures.file(name)).height == 4)
    }
}
