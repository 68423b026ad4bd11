import FoveaCore
import FoveaImaging
import Testing

/// Parts of pictures against the whole, whose pixels ``ImageDecoderTests``
/// compares with Pillow's.
@Suite("Decoding parts of pictures")
struct PartialDecodingTests {
    let decoder = ImageDecoder()
    static let files = Fixtures.names().filter { $0.hasPrefix("large-") }

    /// Every place that a region's edge can have in a block of the coarsest
    /// sampling, 32 pixels, and regions of all shapes.
    @Test(arguments: files) func equalTheWhole(name: String) throws {
        let bytes = try Fixtures.file(name)
        let whole = try decoder.decode(bytes)
        for start in 0...34 {
            try compare(bytes, whole, PixelRegion(x: start, y: start, width: 30, height: 20))
            try compare(
                bytes, whole,
                PixelRegion(x: 0, y: 0, width: whole.width - start, height: whole.height - start))
            try compare(
                bytes, whole,
                PixelRegion(x: start, y: 0, width: whole.width - start, height: whole.height - start))
        }
        var random = Random(state: UInt64(bytes.count))
        for _ in 0..<200 { try compare(bytes, whole, region(in: whole, &random)) }
    }

    /// Formats and kinds that are decoded whole, and pictures of a few pixels.
    @Test(arguments: Fixtures.names()) func anyFile(name: String) throws {
        let bytes = try Fixtures.file(name)
        let whole = try decoder.decode(bytes)
        var random = Random(state: UInt64(bytes.count))
        for _ in 0..<4 { try compare(bytes, whole, region(in: whole, &random)) }
    }

    @Test(arguments: files) func reducedPartsEqualTheReducedWhole(name: String) throws {
        let bytes = try Fixtures.file(name)
        var random = Random(state: UInt64(bytes.count))
        for shortSide in [58, 29, 14] {
            let whole = try decoder.decode(bytes, atLeast: shortSide) { PixelRegion(whole: $0) }
            for _ in 0..<40 {
                try compare(bytes, whole, region(in: whole, &random), atLeast: shortSide)
            }
        }
    }

    /// The expectation is Pillow's `draft`. Of one file there is none, because
    /// Pillow's libjpeg-turbo smooths in another way than earlier ones.
    @Test func reducesAsPillowDoes() throws {
        let expectations = Fixtures.reduced()
        #expect(expectations.count == (Self.files.count - 1) * 3)
        for (key, expected) in expectations {
            let words = key.split(separator: " ").map(String.init)
            // 117 pixels on the short side: 58 are left by 2, 29 by 4, 14 by 8.
            let shortSide = try 117 / #require(Int(words[1]))
            let bytes = try Fixtures.file(words[0])
            let reduced = try decoder.decode(bytes, atLeast: shortSide) { PixelRegion(whole: $0) }
            #expect(RecordedPicture(reduced) == expected, "\(key)")
        }
    }

    /// 117 / 2 = 58.5, of which no 59 whole pixels are left.
    @Test func keepsAsManyPixelsAsAskedFor() throws {
        let bytes = try Fixtures.file("large-420.jpg")
        for (shortSide, height) in [(117, 117), (59, 117), (58, 59), (30, 59), (1, 15)] {
            let picture = try decoder.decode(bytes, atLeast: shortSide) { PixelRegion(whole: $0) }
            #expect(picture.height == height, "at least \(shortSide)")
        }
    }

    /// A file cut off behind the region is as incomplete as it ever was.
    @Test(arguments: files) func findTheSameEnd(name: String) throws {
        let bytes = try Fixtures.file(name)
        for count in Array(stride(from: 300, to: bytes.count, by: 23))
            + Array((bytes.count - 40)..<bytes.count)
        {
            compareOutcomes(Array(bytes.prefix(count)), "\(name) of \(count) bytes")
        }
    }

    @Test(arguments: files) func findTheSameDamage(name: String) throws {
        let bytes = try Fixtures.file(name)
        var random = Random(state: UInt64(bytes.count))
        for round in 0..<60 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            compareOutcomes(damaged, "\(name), damage \(round)")
        }
    }

    private func compare(
        _ bytes: [UInt8], _ whole: PixelImage, _ region: PixelRegion, atLeast shortSide: Int? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let part = try decoder.decode(bytes, atLeast: shortSide) { _ in region }
        let isSame =
            part.width == whole.width && part.height == whole.height
            && part.cropped(to: region) == whole.cropped(to: region)
        #expect(isSame, "\(region)", sourceLocation: sourceLocation)
    }

    /// The same picture in the middle, or the same error.
    private func compareOutcomes(_ bytes: [UInt8], _ what: String) {
        let limited = ImageDecoder(limits: ImageLimits(maxPixels: 100_000))
        func outcome(_ decode: () throws -> PixelImage) -> String {
            do {
                let picture = try decode()
                let size = ImageSize(width: picture.width, height: picture.height)
                return "\(RecordedPicture(picture.cropped(to: Self.middle(of: size))))"
            } catch {
                return "\(error)"
            }
        }
        let whole = outcome { try limited.decode(bytes) }
        let part = outcome { try limited.decode(bytes, region: Self.middle(of:)) }
        #expect(part == whole, "\(what)")
    }

    private static func middle(of picture: ImageSize) -> PixelRegion {
        let (width, height) = ((picture.width + 2) / 3, (picture.height + 2) / 3)
        return PixelRegion(
            x: (picture.width - width) / 2, y: (picture.height - height) / 2, width: width, height: height)
    }

    private func region(in picture: PixelImage, _ random: inout Random) -> PixelRegion {
        let x = Int.random(in: 0..<picture.width, using: &random)
        let y = Int.random(in: 0..<picture.height, using: &random)
        return PixelRegion(
            x: x, y: y, width: Int.random(in: 1...(picture.width - x), using: &random),
            height: Int.random(in: 1...(picture.height - y), using: &random))
    }
}
