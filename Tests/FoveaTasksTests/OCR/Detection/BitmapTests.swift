import FoveaTasks
import Testing

@Suite struct BitmapTests {
    @Test func contoursEqualOpenCV() throws {
        for recorded in try GeometryFixture.load().bitmaps {
            let contours = Bitmap(recorded.rows).contours(limit: 1000)
            #expect(contours == recorded.contours.map(gridPoints), "\(recorded.rows)")
        }
    }

    @Test func dilationEqualsOpenCV() throws {
        for recorded in try GeometryFixture.load().bitmaps {
            #expect(Bitmap(recorded.rows).dilated() == Bitmap(recorded.dilated), "\(recorded.rows)")
        }
    }

    @Test func limitKeepsTheFirstOnesOfTheList() throws {
        let recorded = try #require(
            GeometryFixture.load().bitmaps.max { $0.contours.count < $1.contours.count })
        for limit in [1, 2, 3, 7] {
            let expected = recorded.contours.prefix(limit).map(gridPoints)
            #expect(Bitmap(recorded.rows).contours(limit: limit) == expected)
        }
    }

    /// Every second pixel of every second row: 250,000 regions.
    @Test func manyRegionsAreBounded() {
        let side = 1000
        let values = (0..<(side * side)).map { $0 % side % 2 == 0 && $0 / side % 2 == 0 }
        let contours = Bitmap(width: side, height: side, values: values).contours(limit: 1000)
        #expect(contours.count == 1000)
        #expect(contours.first == [GridPoint(x: 998, y: 998)])
    }
}
