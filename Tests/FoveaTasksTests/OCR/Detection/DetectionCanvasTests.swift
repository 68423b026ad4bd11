import FoveaCore
import FoveaTasks
import Testing

/// Expected sizes are calculated by hand.
@Suite struct DetectionCanvasTests {
    private func size(_ width: Int, _ height: Int, _ maxResolution: Int = 736) -> ImageSize {
        DetectionCanvas(for: ImageSize(width: width, height: height), maxResolution: maxResolution).size
    }

    @Test func shortSideIsLimitedAndSidesAreMultiplesOf32() {
        // 1440 × 736 / 1042 = 1017.1, nearest multiple 1024
        #expect(size(1440, 1042) == ImageSize(width: 1024, height: 736))
        #expect(size(300, 200) == ImageSize(width: 288, height: 192))
    }

    @Test func halvesGoToTheEvenMultiple() {
        #expect(size(80, 112) == ImageSize(width: 64, height: 128))
    }

    @Test func noSideIsLessThan32() {
        #expect(size(1000, 1000, 1) == ImageSize(width: 32, height: 32))
        #expect(size(33, 2000, 1) == ImageSize(width: 32, height: 64))
    }

    @Test func longSideIsFree() {
        #expect(size(20_000, 40) == ImageSize(width: 20_000, height: 32))
        #expect(size(7360, 736) == ImageSize(width: 7360, height: 736))
    }

    @Test func fourKRunsAtFullSize() {
        // 2160 / 32 = 67.5, to the even multiple
        #expect(size(3840, 2160, 1_000_000_000) == ImageSize(width: 3840, height: 2176))
    }

    @Test(arguments: [(20_000, 20_000), (65_535, 2000), (2000, 65_535), (65_535, 65_535)])
    func areaIsBounded(width: Int, height: Int) {
        let size = size(width, height, .max)
        #expect(size.width * size.height < DetectionCanvas.maxPixels * 11 / 10)
        #expect(size.width * size.height > DetectionCanvas.maxPixels * 9 / 10)
    }

    @Test func fixedCanvasIsFilledFromTheCorner() {
        let canvas = DetectionCanvas(
            for: ImageSize(width: 1280, height: 640), maxResolution: 736, width: 640, height: 480)
        #expect(canvas.size == ImageSize(width: 640, height: 480))
        #expect(canvas.content == ImageSize(width: 640, height: 320))
    }

    @Test func fixedCanvasNeedNotBeAMultiple() {
        let canvas = DetectionCanvas(
            for: ImageSize(width: 500, height: 500), maxResolution: 736, width: 50, height: 50)
        #expect(canvas.size == ImageSize(width: 50, height: 50))
        #expect(canvas.content == ImageSize(width: 50, height: 50))
    }
}
