import FoveaBench
import FoveaCore
import FoveaImaging
import Testing

@Suite struct PreviewMakerTests {
    /// A BMP of 4 × 2 pixels, 24 bits each, rows from the bottom: all (B, G, R) = (40, 80, 120).
    private static let bitmap: [UInt8] =
        [0x42, 0x4D, 78, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]
        + [40, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 24, 0, 0, 0]
        + [UInt8](repeating: 0, count: 16) + [[UInt8]](repeating: [40, 80, 120], count: 8).joined()

    @Test(arguments: [false, true])
    func aPreviewIsAJPEGOf1440Pixels(grain: Bool) throws {
        let preview = try PreviewMaker().preview(of: Self.bitmap, grain: grain)
        #expect(preview.prefix(3) == [0xFF, 0xD8, 0xFF])
        let picture = try ImageDecoder().decode(preview)
        #expect(picture.width == 1440 && picture.height == 720)
        // Grain has a mean of 0, and JPEG is off by a few levels.
        for (channel, expected) in [120.0, 80, 40].enumerated() {
            let values = stride(from: channel, to: picture.pixels.count, by: 3).map {
                Double(picture.pixels[$0])
            }
            #expect(abs(values.reduce(0, +) / Double(values.count) - expected) < 3)
            #expect(grain == (Set(values).count > 3))
        }
    }

    @Test func whatIsNoPictureHasNoPreview() {
        #expect(throws: FoveaError.self) { try PreviewMaker().preview(of: [1, 2, 3]) }
    }
}
