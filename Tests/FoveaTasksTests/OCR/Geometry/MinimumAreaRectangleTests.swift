import FoveaCore
import FoveaTasks
import Testing

@Suite struct MinimumAreaRectangleTests {
    /// To the last bit, and from the same corner on.
    @Test func equalsOpenCV() throws {
        for recorded in try GeometryFixture.load().rectangles {
            let rectangle = try #require(RotatedRectangle(around: gridPoints(recorded.points)))
            #expect(rectangle.corners == points(recorded.corners), "\(recorded.points)")
        }
    }

    @Test func noPointsNoRectangle() {
        #expect(RotatedRectangle(around: []) == nil)
    }

    @Test func hullEqualsOpenCV() throws {
        for recorded in try GeometryFixture.load().rectangles where recorded.hull.count > 4 {
            let hull = gridPoints(recorded.points).convexHull()
            #expect(hull == gridPoints(recorded.hull), "\(recorded.points)")
        }
    }

    @Test func hullLeavesOutWhatIsNotACorner() {
        let points = gridPoints([0, 0, 2, 0, 4, 0, 4, 4, 0, 4, 2, 2, 0, 2, 4, 0])
        #expect(Set(points.convexHull()) == Set(gridPoints([0, 0, 4, 0, 4, 4, 0, 4])))
    }

    /// 10 × 4 around (5, 2), grown by 2 on both axes.
    @Test func growsOnBothAxes() throws {
        let rectangle = try #require(RotatedRectangle(around: gridPoints([0, 0, 10, 0, 10, 4, 0, 4])))
        let grown = rectangle.enlarged(by: 2)
        #expect(Set(grown.corners) == Set(points([-1, -1, 11, -1, 11, 5, -1, 5])))
        #expect(grown.shortSide == 6)
    }
}
