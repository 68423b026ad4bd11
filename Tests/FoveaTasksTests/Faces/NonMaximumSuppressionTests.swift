import FoveaCore
import FoveaTasks
import Testing

@Suite struct NonMaximumSuppressionTests {
    private func face(_ x1: Float, _ y1: Float, _ x2: Float, _ y2: Float, _ score: Float) -> DetectedFace {
        DetectedFace(box: Box(x1: x1, y1: y1, x2: x2, y2: y2), score: score, landmarks: [])
    }

    private func scores(_ faces: DetectedFace...) -> [Float] {
        NonMaximumSuppression.kept(of: faces).map(\.score)
    }

    @Test func overlapByHand() {
        let square = Box(x1: 0, y1: 0, x2: 10, y2: 10)
        func overlap(_ x1: Float, _ y1: Float, _ x2: Float, _ y2: Float) -> Float {
            NonMaximumSuppression.overlap(square, Box(x1: x1, y1: y1, x2: x2, y2: y2))
        }
        #expect(overlap(0, 0, 10, 10) == 1)
        // Shared 25, together 100 + 100 − 25.
        #expect(overlap(5, 5, 15, 15) == Float(25) / 175)
        #expect(overlap(0, 0, 4, 10) == 0.4)
        // Edges touch: without an extra pixel nothing is shared.
        #expect(overlap(10, 0, 20, 10) == 0)
        #expect(overlap(20, 20, 30, 30) == 0)
        // An inside-out box has no area.
        #expect(overlap(8, 8, 2, 2) == 0)
    }

    /// OpenCV's distance of two empty rectangles is 0.
    @Test func boxesWithoutAreaAreTheSame() {
        let dot = Box(x1: 3, y1: 3, x2: 3, y2: 3)
        #expect(NonMaximumSuppression.overlap(dot, Box(x1: 9, y1: 9, x2: 9, y2: 9)) == 1)
    }

    @Test func bestComesFirst() {
        #expect(
            scores(face(0, 0, 9, 9, 0.5), face(20, 0, 29, 9, 0.9), face(40, 0, 49, 9, 0.7)) == [
                0.9, 0.7, 0.5,
            ])
        #expect(scores() == [])
    }

    /// 4 · 10 of 10 · 10 is 0.4, which may stay; with an extra pixel to each
    /// side, as older detectors count, it would be 0.45. 4.5 · 10 is too much.
    @Test func exactlyTheThresholdIsKept() {
        #expect(scores(face(0, 0, 10, 10, 0.9), face(0, 0, 4, 10, 0.8)) == [0.9, 0.8])
        #expect(scores(face(0, 0, 10, 10, 0.9), face(0, 0, 4.5, 10, 0.8)) == [0.9])
    }

    /// The second overlaps the first by 20 / 30 and the third by 15 / 35; the
    /// first and the third share 10 / 40. The second is dropped and drops
    /// nothing itself. The fourth overlaps the third by 20 / 30.
    @Test func droppedOnesDropNothing() {
        #expect(
            scores(
                face(0, 0, 25, 1, 0.9), face(5, 0, 30, 1, 0.8), face(15, 0, 40, 1, 0.7),
                face(20, 0, 45, 1, 0.6)) == [0.9, 0.7])
    }

    @Test func theWorseIsDroppedWhateverTheOrder() {
        #expect(scores(face(1, 0, 10, 10, 0.8), face(0, 0, 10, 10, 0.9)) == [0.9])
    }

    @Test func ofEqualScoresTheEarlierIsKept() {
        let first = face(0, 0, 10, 10, 0.5)
        let second = face(1, 0, 11, 10, 0.5)
        #expect(NonMaximumSuppression.kept(of: [first, second]) == [first])
        #expect(NonMaximumSuppression.kept(of: [second, first]) == [second])
        let apart = face(50, 0, 60, 10, 0.5)
        #expect(NonMaximumSuppression.kept(of: [apart, first]) == [apart, first])
    }

    /// The reference asks for scores above 0.
    @Test func scoresOfZeroAreDropped() {
        #expect(scores(face(0, 0, 9, 9, 0), face(20, 0, 29, 9, -1), face(40, 0, 49, 9, 0.01)) == [0.01])
    }
}
