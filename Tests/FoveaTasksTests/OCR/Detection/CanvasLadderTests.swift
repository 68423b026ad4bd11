import FoveaCore
import FoveaTasks
import Testing

/// Expected sizes are calculated by hand: a side is the multiple of 32 nearest
/// to it.
@Suite struct CanvasLadderTests {
    private func canvas(_ width: Int, _ height: Int, _ maxResolution: Int = 736) -> DetectionCanvas {
        DetectionCanvas(for: ImageSize(width: width, height: height), maxResolution: maxResolution)
            .enlarged(to: CanvasLadder(maxResolution: maxResolution))
    }

    @Test(arguments: [
        (1, [32]), (32, [32]), (64, [64, 32]), (736, [736, 480, 256]), (1080, [1088, 736, 352]),
        // No canvas of 8.4 million pixels has a shorter side of more than 2896.
        (.max, [2912, 1952, 960]),
        // Halfway, where rounding errors decide which of two a picture gets.
        (720, [736, 704, 480]),
    ])
    func shortSidesAreAtMostThree(maxResolution: Int, expected: [Int]) {
        #expect(CanvasLadder(maxResolution: maxResolution).shortSides == expected)
    }

    @Test func canvasesOfPhotosAndScreens() {
        let longSides = [
            736: [992, 1120, 1088, 1312, 1600, 1632, 736, 1472],
            480: [640, 736, 704, 864, 1056, 1024, 480, 960],
            256: [352, 384, 448, 544, 576, 256, 512],
        ]
        var expected: [ImageSize] = []
        for short in [736, 480, 256] {
            for long in longSides[short] ?? [] {
                expected.append(ImageSize(width: long, height: short))
                if long != short { expected.append(ImageSize(width: short, height: long)) }
            }
        }
        #expect(CanvasLadder(maxResolution: 736).commonSizes == expected)
    }

    /// Sizes of sensors and screens, and what users set: no padding, so that
    /// the answer is that of a canvas of their own.
    @Test(arguments: [
        (4032, 3024), (4624, 3468), (6000, 4000), (7952, 5304), (6048, 4024), (1920, 1080), (3840, 2160),
        (4000, 2250), (1170, 2532), (1290, 2796), (1080, 2340), (1080, 2400), (1440, 3120), (3024, 3024),
    ])
    func largePhotosFillTheirCanvas(width: Int, height: Int) {
        for maxResolution in [480, 720, 736, 960, 1000, 1080] {
            let lying = canvas(width, height, maxResolution)
            #expect(lying.size == lying.content, "\(maxResolution)")
            let standing = canvas(height, width, maxResolution)
            #expect(standing.size == standing.content, "\(maxResolution)")
        }
    }

    @Test func smallPicturesHaveSmallCanvases() {
        #expect(canvas(640, 480).size == ImageSize(width: 640, height: 480))
        #expect(canvas(300, 200).size == ImageSize(width: 352, height: 256))
        #expect(canvas(32, 32).size == ImageSize(width: 256, height: 256))
        #expect(canvas(400, 600).size == ImageSize(width: 480, height: 640))
    }

    /// The picture's part is what it would be on a canvas of its own.
    @Test(arguments: [(1280, 851), (384, 191), (33, 20_000), (20_000, 700), (500, 500)])
    func scaleIsKept(width: Int, height: Int) {
        let own = DetectionCanvas(for: ImageSize(width: width, height: height), maxResolution: 736)
        #expect(canvas(width, height).content == own.content)
    }

    /// 35,056 sizes of pictures come to the 79 canvases of the ladder and, the
    /// strips of more than 1 : 16 among them, to 294 others.
    @Test func everyPictureHasOneOfFewCanvases() {
        let ladder = CanvasLadder(maxResolution: 736)
        #expect(ladder.sizes.count == 79)
        let onLadder = Set(ladder.sizes)
        #expect(onLadder.count == 79)
        var others: Set<ImageSize> = []
        for long in stride(from: 32, through: 20_000, by: 64) {
            for short in stride(from: 32, through: 700, by: 12) {
                for (width, height) in [(long, short), (short, long)] {
                    let canvas = canvas(width, height)
                    let (size, content) = (canvas.size, canvas.content)
                    let isHeld = size.width >= content.width && size.height >= content.height
                    #expect(isHeld, "\(width) × \(height) on \(size)")
                    guard !onLadder.contains(size) else { continue }
                    others.insert(size)
                    #expect(max(content.width, content.height) > 16 * min(content.width, content.height))
                }
            }
        }
        #expect(others.count == 294)
    }

    @Test func stripsHaveCoarseCanvases() {
        // 20,000 × 40 has 20,000 × 32 pixels, 20,000 × 700 has √(2²³ / 14,000,000) of its own.
        #expect(canvas(20_000, 40).size == ImageSize(width: 20_480, height: 64))
        #expect(canvas(700, 20_000).size == ImageSize(width: 576, height: 15_872))
    }

    @Test(arguments: [1, 16, 31, 33, 736, 1440, 2160, 4000, .max])
    func anyCanvasHasBoundedPixels(maxResolution: Int) {
        let ladder = CanvasLadder(maxResolution: maxResolution)
        #expect(ladder.sizes.count <= 83)
        #expect(ladder.shortSides.count <= 3)
        for size in ladder.sizes {
            #expect(size.width.isMultiple(of: 32) && size.height.isMultiple(of: 32))
            #expect(size.width * size.height <= DetectionCanvas.maxPixels * 9 / 8)
        }
        for width in stride(from: 32, through: 65_535, by: 1511) {
            for height in stride(from: 32, through: 65_535, by: 1511) {
                let size = canvas(width, height, maxResolution).size
                #expect(size.width * size.height <= DetectionCanvas.maxPixels * 6 / 5)
            }
        }
    }
}
