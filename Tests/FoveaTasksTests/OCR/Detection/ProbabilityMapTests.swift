import FoveaCore
import FoveaTasks
import Testing

@Suite struct ProbabilityMapTests {
    /// The map that the fixture's script looks at.
    private let map = ProbabilityMap(
        width: 40, height: 30,
        values: (0..<1200).map { index in
            let (x, y) = (index % 40, index / 40)
            return Float((x * 7 + y * 13) % 17) / 17
        })

    @Test func meanEqualsOpenCV() throws {
        for recorded in try GeometryFixture.load().means {
            let mean = map.mean(inside: points(recorded.corners))
            #expect(abs(mean - recorded.mean) < 1e-5, "\(recorded.corners)")
        }
    }

    @Test func nothingInsideTheMap() {
        #expect(map.mean(inside: points([-9, -9, -5, -9, -5, -5, -9, -5])) == 0)
    }

    @Test func thresholdIsNotText() {
        let map = ProbabilityMap(width: 4, height: 1, values: [0.3, 0.31, .nan, 0])
        #expect(map.bitmap(above: 0.3) == Bitmap([".#.."]))
    }
}
