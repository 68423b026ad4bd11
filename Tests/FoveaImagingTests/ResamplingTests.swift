import FoveaCore
import FoveaImaging
import Testing

@Suite("Resizing as Pillow does")
struct ResamplingTests {
    /// The expectations are Pillow's `Image.resize`.
    @Test func equalsPillow() throws {
        let source = try Fixtures.source()
        for expected in try Fixtures.geometry().resized {
            let filter = try #require(ResampleFilter(rawValue: expected.filter))
            let resized = source.resized(to: expected.result.size, filter: filter)
            #expect(RecordedPicture(resized) == expected.result, "\(filter) to \(expected.result.size)")
        }
    }

    /// The expectations are Pillow's `Image.resize` and `Image.crop`; the
    /// sources are as thin as one pixel.
    @Test func computesPartsAlone() throws {
        let source = try Fixtures.source()
        for expected in try Fixtures.geometry().resizedParts {
            let filter = try #require(ResampleFilter(rawValue: expected.filter))
            let (box, crop) = (expected.box, expected.crop)
            let part = source.cropped(
                to: PixelRegion(x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1]))
            let resized = part.resized(
                to: ImageSize(width: expected.size[0], height: expected.size[1]), filter: filter,
                crop: PixelRegion(x: crop[0], y: crop[1], width: crop[2], height: crop[3]))
            #expect(RecordedPicture(resized) == expected.result, "\(filter) of \(box)")
        }
    }

    /// A part of a resize equals the part cut out of the whole resize.
    @Test(arguments: ResampleFilter.allCases)
    func cropsAfterResizing(filter: ResampleFilter) throws {
        let source = try Fixtures.source()
        for size in [
            ImageSize(width: 50, height: 200), ImageSize(width: 130, height: 20),
            ImageSize(width: 300, height: 96),
        ] {
            let region = PixelRegion(x: 7, y: 3, width: 31, height: 15)
            #expect(
                source.resized(to: size, filter: filter, crop: region)
                    == source.resized(to: size, filter: filter).cropped(to: region))
        }
    }

    /// 2 pixels to 1 is their mean, 0.5 rounded up: (10 + 21) / 2 = 15.5.
    @Test func boxTakesTheMean() {
        let pair = PixelImage(width: 2, height: 1, pixels: [10, 0, 255, 21, 1, 255])
        #expect(pair.resized(to: ImageSize(width: 1, height: 1), filter: .box).pixels == [16, 1, 255])
    }

    @Test func keepsASizeThatIsRight() throws {
        let source = try Fixtures.source()
        let size = ImageSize(width: source.width, height: source.height)
        #expect(source.resized(to: size, filter: .lanczos) == source)
    }

    /// Far more is asked for than could be held: 65,535 x 14 million pixels.
    @Test func staysSmallWhereTheResultIsCropped() {
        let line = PixelImage(width: 1, height: 65_535, pixels: [UInt8](repeating: 9, count: 65_535 * 3))
        let middle = line.resized(
            to: ImageSize(width: 224, height: 65_535 * 224), filter: .bicubic,
            crop: PixelRegion(x: 0, y: 7_000_000, width: 224, height: 224))
        #expect(middle.pixels.allSatisfy { $0 == 9 })
    }
}
