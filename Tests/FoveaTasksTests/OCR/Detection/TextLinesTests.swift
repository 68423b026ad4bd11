import FoveaCore
import FoveaTasks
import Testing

/// A map that is 0 but for rectangles.
func map(_ width: Int, _ height: Int, _ boxes: [(x: Range<Int>, y: Range<Int>, value: Float)])
    -> ProbabilityMap
{
    var values = [Float](repeating: 0, count: width * height)
    for box in boxes {
        for y in box.y {
            for x in box.x { values[y * width + x] = box.value }
        }
    }
    return ProbabilityMap(width: width, height: height, values: values)
}

@Suite struct TextLinesTests {
    /// 20 × 6 pixels of 0.9 dilate to columns 10…30 and rows 20…26: 20 by 6
    /// between the outermost pixels' centres. They grow by 20 · 6 · 1.6 / 26 =
    /// 7.38 to 6.31…33.69 and 16.31…29.69; columns count twice in the picture.
    /// Of the 21 × 7 pixels 120 are 0.9 and the rest 0.
    @Test func oneRectangleByHand() throws {
        let map = map(64, 64, [(10..<30, 20..<26, 0.9)])
        let lines = map.textLines(minScore: 0.5, in: ImageSize(width: 128, height: 64))
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.corners == points([13, 16, 67, 16, 67, 30, 13, 30]))
        #expect(abs(line.score - 0.9 * 120 / 147) < 1e-6)
    }

    @Test func minScoreIsKept() throws {
        let map = map(64, 64, [(10..<30, 20..<26, 0.9)])
        let size = ImageSize(width: 64, height: 64)
        let score = try #require(map.textLines(minScore: 0, in: size).first).score
        #expect(map.textLines(minScore: score, in: size).count == 1)
        #expect(map.textLines(minScore: score.nextUp, in: size).isEmpty)
        #expect(map.textLines(minScore: .nan, in: size).isEmpty)
    }

    @Test func cornersStayInThePicture() throws {
        let map = map(32, 32, [(0..<32, 0..<32, 1)])
        let line = try #require(map.textLines(minScore: 0.5, in: ImageSize(width: 100, height: 50)).first)
        #expect(line.corners == points([0, 0, 99, 0, 99, 49, 0, 49]))
    }

    /// Two pixels high are 2 between the centres after dilation: under 3.
    @Test func thinOnesAreDropped() {
        let size = ImageSize(width: 64, height: 64)
        #expect(map(64, 64, [(10..<50, 20..<22, 1)]).textLines(minScore: 0, in: size).isEmpty)
        #expect(map(64, 64, [(10..<50, 20..<23, 1)]).textLines(minScore: 0, in: size).count == 1)
    }

    @Test func atMostThreePixelsInThePictureAreDropped() {
        let map = map(64, 64, [(10..<50, 20..<26, 1)])
        #expect(map.textLines(minScore: 0, in: ImageSize(width: 64, height: 10)).isEmpty)
    }

    @Test func holesAreOutlinesToo() {
        // A frame has an outer and an inner border; both score as rectangles.
        let frame = map(64, 64, [(8..<56, 8..<56, 0.9), (20..<44, 20..<44, 0.2)])
        #expect(frame.textLines(minScore: 0, in: ImageSize(width: 64, height: 64)).count == 2)
    }

    @Test func whatIsNoNumberIsNoText() {
        let size = ImageSize(width: 64, height: 64)
        #expect(map(64, 64, [(8..<56, 8..<20, .nan)]).textLines(minScore: 0, in: size).isEmpty)
        // A hole of NaN in a line makes its score one.
        let poisoned = map(64, 64, [(8..<56, 8..<20, 0.9), (20..<22, 12..<14, .nan)])
        #expect(poisoned.textLines(minScore: 0, in: size).isEmpty)
        #expect(map(64, 64, [(8..<56, 8..<20, .infinity)]).textLines(minScore: 0, in: size).isEmpty)
    }

    /// 40 × 100 blocks of 4 × 4: only the last 1000 in reading order count.
    @Test func thousandContoursAtMost() {
        let blocks = (0..<4000).map { index in
            let (x, y) = (index % 40 * 10 + 2, index / 40 * 10 + 2)
            return (x: x..<(x + 5), y: y..<(y + 5), value: Float(1))
        }
        let lines = map(400, 1000, blocks).textLines(minScore: 0, in: ImageSize(width: 400, height: 1000))
        #expect(lines.count == 1000)
        #expect(lines.allSatisfy { $0.corners[0].y >= 745 })
    }

    @Test func noiseEnds() {
        var generator = SplitMix(state: 7)
        let values = (0..<(736 * 736)).map { _ in Float(generator.next() % 1000) / 1000 }
        let lines = ProbabilityMap(width: 736, height: 736, values: values)
            .textLines(minScore: 0, in: ImageSize(width: 736, height: 736))
        #expect(lines.count <= 1000)
    }
}

/// Steele, Lea and Flood's SplitMix64: the same numbers in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
