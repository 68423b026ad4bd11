import FoveaCore
import FoveaTasks
import Testing

@Suite struct LineCropTests {
    private let size = ImageSize(width: 100, height: 80)

    private func line(_ corners: [Float]) -> DetectedText {
        DetectedText(corners: points(corners), score: 1)
    }

    /// Every pixel its own column and row.
    private var picture: PixelImage {
        PixelImage(width: 100, height: 80) { pixels in
            for index in 0..<8000 {
                pixels[index * 3] = UInt8(index % 100)
                pixels[index * 3 + 1] = UInt8(index / 100)
                pixels[index * 3 + 2] = 0
            }
        }
    }

    @Test func straightBoxIsCutOut() throws {
        let crop = try #require(LineCrop(line([10, 20, 40, 20, 40, 30, 10, 30]), in: size))
        #expect(crop.ratio == 3)
        let pixels = try #require(crop.pixels(of: picture))
        #expect(pixels.width == 30 && pixels.height == 10)
        #expect(Array(pixels.pixels.prefix(3)) == [10, 20, 0])
        #expect(Array(pixels.pixels.suffix(3)) == [39, 29, 0])
    }

    /// 20 wide, 30 high: from 1.5 on the top goes to the left.
    @Test func uprightOnesAreTurnedToTheLeft() throws {
        let crop = try #require(LineCrop(line([10, 20, 30, 20, 30, 50, 10, 50]), in: size))
        #expect(crop.isUpright)
        #expect(crop.ratio == 1.5)
        let pixels = try #require(crop.pixels(of: picture))
        #expect(pixels.width == 30 && pixels.height == 20)
        #expect(Array(pixels.pixels.prefix(3)) == [29, 20, 0])
        let squarer = try #require(LineCrop(line([10, 20, 30, 20, 30, 49, 10, 49]), in: size))
        #expect(!squarer.isUpright)
    }

    /// The longer of the two edges counts, cut to whole pixels.
    @Test func longerEdgesCount() throws {
        let crop = try #require(LineCrop(line([0, 0, 30, 0, 41, 10, 1, 11]), in: size))
        // bottom √(40² + 1) = 40.01; right √(11² + 10²) = 14.9
        #expect(crop.ratio == 40.0 / 14.0)
    }

    @Test(
        arguments: [
            [], [1, 1, 9, 1, 9, 9], [1, 1, 1, 1, 1, 1, 1, 1], [.nan, 1, 9, 1, 9, 9, 1, 9],
            [-1, 1, 9, 1, 9, 9, 1, 9], [1, 1, 101, 1, 9, 9, 1, 9], [1, 1, 9, 1, 9, 1e30, 1, 9],
        ] as [[Float]])
    func cornersThatAreNoPartOfThePicture(corners: [Float]) {
        #expect(LineCrop(line(corners), in: size) == nil)
    }

    /// Crossed corners ask for 10,000 × 10,000 pixels of a strip.
    @Test func hugeCropsAreRefused() {
        let strip = ImageSize(width: 20_000, height: 40)
        let crossed = line([0, 0, 10_000, 0, 20_000, 40, 10_000, 40])
        #expect(LineCrop(crossed, in: strip) == nil)
    }

    @Test func cornersOnOneLineHaveNoPixels() {
        let crop = LineCrop(line([10, 10, 20, 10, 40, 10, 30, 10]), in: size)
        #expect(crop?.pixels(of: picture) == nil)
    }

    /// The map must take each corner where it belongs.
    @Test func perspectiveMeetsTheCorners() throws {
        let sources: [(x: Double, y: Double)] = [(0, 0), (120, 0), (120, 31), (0, 31)]
        let targets: [(x: Double, y: Double)] = [(12, 7), (131, 19), (127, 55), (9, 40)]
        let map = try #require(PerspectiveCoefficients(from: sources, to: targets)).values
        for (source, target) in zip(sources, targets) {
            let depth = map[6] * source.x + map[7] * source.y + 1
            #expect(abs((map[0] * source.x + map[1] * source.y + map[2]) / depth - target.x) < 1e-9)
            #expect(abs((map[3] * source.x + map[4] * source.y + map[5]) / depth - target.y) < 1e-9)
        }
    }
}
