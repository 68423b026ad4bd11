import FoveaCore
import FoveaTasks
import Testing

@Suite struct ReadingOrderTests {
    private func order(_ corners: [(Float, Float)]) -> [Float] {
        let lines = corners.enumerated().map { index, corner in
            DetectedText(
                corners: [Point](repeating: Point(x: corner.0, y: corner.1), count: 4), score: Float(index))
        }
        return lines.inReadingOrder().map(\.score)
    }

    @Test func rowsThenColumns() {
        #expect(order([(50, 100), (5, 104), (90, 3), (10, 11), (60, 8)]) == [3, 4, 2, 1, 0])
    }

    /// 9 pixels further down is the same row, 10 a new one; a slanted row may
    /// go on for long.
    @Test func tenPixelsBeginARow() {
        #expect(order([(9, 0), (5, 9), (1, 18)]) == [2, 1, 0])
        #expect(order([(9, 0), (5, 10), (1, 20)]) == [0, 1, 2])
    }

    @Test func nothing() {
        #expect([DetectedText]().inReadingOrder().isEmpty)
        #expect([DetectedText(corners: [], score: 1)].inReadingOrder().isEmpty)
    }

    @Test func cornersFromTopLeft() {
        let expected = points([1, 2, 9, 1, 10, 5, 0, 6])
        for turn in 0..<4 {
            let turned = Array(expected[turn...] + expected[..<turn])
            #expect(turned.inTextOrder() == expected)
            #expect(Array(turned.reversed()).inTextOrder() == expected)
        }
    }
}
