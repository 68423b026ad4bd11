import FoveaCore
import FoveaImaging
import FoveaTasks
import Testing

@Suite struct FaceAlignmentTests {
    /// Expected numbers: Tests/Fixtures/faces/umeyama.py.
    struct Case: CustomStringConvertible {
        var name: String
        var landmarks: [Point]
        /// a, b, tx, c, d, ty.
        var matrix: [Double]
        var description: String { name }
    }

    static let recorded = [
        Case(
            name: "turned", landmarks: points([210, 130, 262, 151, 228, 172, 195, 190, 238, 209]),
            matrix: [0.601383864, 0.223513664, -118.334151873, -0.223513664, 0.601383864, 20.073165733]),
        Case(
            name: "profile", landmarks: points([60.5, 40.25, 64, 41, 52.75, 55.5, 61, 70, 63.5, 70.75]),
            matrix: [1.352969904, 0.030892320, -27.340097451, -0.030892320, 1.352969904, -1.324698188]),
        // A reflection is not allowed, so that the best turn is what remains.
        Case(
            name: "mirrored",
            landmarks: points([73.5, 51.5, 38.25, 51.75, 56, 71.75, 70.75, 92.25, 41.5, 92.5]),
            matrix: [0.225176635, 0.000483870, 43.381454029, -0.000483870, 0.225176635, 55.726417827]),
        Case(
            name: "in a line", landmarks: points([0, 0, 1, 2, 2, 4, 3, 6, 4, 8]),
            matrix: [5.532950000, -1.122070000, 49.448540000, 1.122070000, 5.532950000, 47.524840000]),
    ]

    @Test(arguments: recorded)
    func transformIsUmeyamas(expected: Case) throws {
        let transform = try #require(FaceAlignment.transform(of: expected.landmarks))
        expect(transform, expected.matrix)
    }

    /// Twice as large and (10, −20) away: half the size, and (−5, 10) back.
    @Test func scaleAndShiftByHand() throws {
        let landmarks = FaceAlignment.template.map { Point(x: $0.x * 2 + 10, y: $0.y * 2 - 20) }
        expect(try #require(FaceAlignment.transform(of: landmarks)), [0.5, 0, -5, 0, 0.5, 10])
    }

    /// (x, y) turned by a quarter is (−y, x); the way back takes (x, y) to (y, −x).
    @Test func quarterTurnByHand() throws {
        let landmarks = FaceAlignment.template.map { Point(x: -$0.y, y: $0.x) }
        expect(try #require(FaceAlignment.transform(of: landmarks)), [0, 1, 0, -1, 0, 0])
    }

    /// The reference hands the matrix on in float32.
    @Test func numbersAreSinglePrecision() throws {
        for expected in Self.recorded {
            let t = try #require(FaceAlignment.transform(of: expected.landmarks))
            for number in [t.a, t.b, t.tx, t.c, t.d, t.ty] { #expect(Double(Float(number)) == number) }
        }
    }

    @Test(
        arguments: [
            [], [38, 51, 73, 51, 56, 71, 41, 92], [7, 9, 7, 9, 7, 9, 7, 9, 7, 9],
            [.nan, 51, 73, 51, 56, 71, 41, 92, 70, 92], [38, 51, .infinity, 51, 56, 71, 41, 92, 70, 92],
            [38, 51, 73, 51, 56, 71, 41, 92, 70, 92, 1, 1],
        ] as [[Float]])
    func degenerateLandmarksHaveNone(landmarks: [Float]) {
        #expect(FaceAlignment.transform(of: points(landmarks)) == nil)
    }

    /// Every pixel its own column and row.
    private let picture = PixelImage(width: 256, height: 256) { pixels in
        for index in 0..<256 * 256 {
            pixels[index * 3] = UInt8(index % 256)
            pixels[index * 3 + 1] = UInt8(index / 256)
            pixels[index * 3 + 2] = 7
        }
    }

    private func crop(_ landmarks: [Point]) -> PixelImage {
        let box = Box(x1: 0, y1: 0, x2: 1, y2: 1)
        return FaceAlignment.crop(DetectedFace(box: box, score: 1, landmarks: landmarks), from: picture)
    }

    @Test func aFaceInPlaceIsCutOut() {
        let expected = picture.cropped(to: PixelRegion(x: 0, y: 0, width: 112, height: 112))
        #expect(crop(FaceAlignment.template) == expected)
    }

    /// At twice the size, every other pixel meets.
    @Test func aLargeFaceIsShrunk() {
        let aligned = crop(FaceAlignment.template.map { Point(x: $0.x * 2, y: $0.y * 2) })
        #expect(aligned.width == 112 && aligned.height == 112)
        for (x, y) in [(0, 0), (1, 0), (0, 1), (50, 70), (111, 111)] {
            let pixel = Array(aligned.pixels[(y * 112 + x) * 3..<(y * 112 + x) * 3 + 3])
            #expect(pixel == [UInt8(2 * x), UInt8(2 * y), 7])
        }
    }

    /// 156 pixels further right, columns 100 and up are beyond the edge.
    @Test func beyondTheEdgeIsBlack() {
        let aligned = crop(FaceAlignment.template.map { Point(x: $0.x + 156, y: $0.y) })
        #expect(Array(aligned.pixels[99 * 3..<101 * 3]) == [255, 0, 7, 0, 0, 0])
    }

    @Test func degenerateFacesAreBlack() {
        let aligned = crop(points([7, 9, 7, 9, 7, 9, 7, 9, 7, 9]))
        #expect(aligned.width == 112 && aligned.height == 112)
        #expect(aligned.pixels.allSatisfy { $0 == 0 })
    }

    /// Landmarks are float32, whose steps near 256 are 3e-5; shifts magnify them a little.
    private func expect(
        _ t: AffineTransform2D, _ matrix: [Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for (number, expected) in zip([t.a, t.b, t.tx, t.c, t.d, t.ty], matrix) {
            #expect(abs(number - expected) <= 1e-6 + 1e-6 * abs(expected), sourceLocation: sourceLocation)
        }
    }
}
