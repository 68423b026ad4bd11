import FoveaCore
import FoveaTasks
import Testing

/// The map is cut to the picture, to the pixel.
@Suite struct LadderCropTests {
    @Test(arguments: [(600, 400), (384, 191), (451, 1024), (20_000, 40), (48, 48), (1440, 1042)])
    func mapShowsThePictureOnly(width: Int, height: Int) throws {
        let own = DetectionCanvas(for: ImageSize(width: width, height: height), maxResolution: 736)
        let canvas = own.enlarged(to: CanvasLadder(maxResolution: 736))
        let (size, content) = (canvas.size, canvas.content)
        try #require(size != content)
        // A number that tells the place: whole numbers are exact up to 2²⁴.
        let values = (0..<(size.width * size.height)).map { Float($0) }
        let map = try ProbabilityMap(
            Tensor(shape: [1, 1, size.height, size.width], values), on: canvas)
        #expect(map.width == own.size.width && map.height == own.size.height)
        let expected = (0..<content.height).flatMap { y in
            (0..<content.width).map { x in Float(y * size.width + x) }
        }
        let isSame = map.values == expected
        #expect(isSame)
    }
}
