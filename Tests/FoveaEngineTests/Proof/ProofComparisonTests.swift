import FoveaCore
import FoveaEngine
import Testing

@Suite struct ProofComparisonTests {
    private func face(_ x1: Float, _ y1: Float, _ x2: Float, _ y2: Float, score: Float = 0.9) -> DetectedFace
    {
        DetectedFace(box: Box(x1: x1, y1: y1, x2: x2, y2: y2), score: score, landmarks: [])
    }

    private func value(_ answer: Answer, _ expected: Answer, _ measure: ProofMeasure) -> Double {
        ProofComparison([answer], with: [expected], measure: measure).value
    }

    @Test func cosineOfVectors() {
        // 3-4-5 triangles: (3, 4)·(4, 3) / 25.
        #expect(abs(value(.embedding([3, 4]), .embedding([4, 3]), .cosine) - 0.96) < 1e-12)
        #expect(value(.embedding([1, 2]), .embedding([2, 4]), .cosine) > 0.999_999)
    }

    @Test(arguments: [[Float.nan, 1], [0, 0], [.infinity, 1], [1]])
    func vectorsThatAreNoneFail(vector: [Float]) {
        let comparison = ProofComparison([.embedding(vector)], with: [.embedding([1, 2])], measure: .cosine)
        #expect(comparison.value == 0)
        #expect(comparison.remark != nil)
    }

    @Test func theWorstAnswerCounts() {
        let comparison = ProofComparison(
            [.embedding([1, 0]), .embedding([3, 4])], with: [.embedding([1, 0]), .embedding([4, 3])],
            measure: .cosine)
        #expect(abs(comparison.value - 0.96) < 1e-12)
        #expect(abs(comparison.mean - 0.98) < 1e-12)
    }

    @Test func eachFaceCounts() {
        func faces(_ vectors: [Float]...) -> Answer {
            .faces(vectors.map { RecognizedFace(face: face(0, 0, 1, 1), embedding: $0) })
        }
        let comparison = ProofComparison(
            [faces([1, 0], [3, 4])], with: [faces([1, 0], [4, 3])], measure: .cosine)
        #expect(abs(comparison.value - 0.96) < 1e-12)
        #expect(abs(comparison.mean - 0.98) < 1e-12)
    }

    @Test func overlapOfBoxes() {
        // 100 × 100 against one that is 10 to the right: 90 / 110.
        let value = value(
            .detectedFaces([face(0, 0, 100, 100)]), .detectedFaces([face(10, 0, 110, 100)]), .iou)
        #expect(abs(value - 90.0 / 110) < 1e-6)
    }

    @Test func edgesMayBeAPixelApart() {
        #expect(
            value(.detectedFaces([face(0, 0, 10, 10)]), .detectedFaces([face(1, 0, 11, 9)]), .iou) == 1)
    }

    @Test func aFaceTooFewOrTooManyFails() {
        let one = Answer.detectedFaces([face(0, 0, 100, 100)])
        let two = Answer.detectedFaces([face(0, 0, 100, 100), face(200, 0, 300, 100)])
        #expect(value(one, two, .iou) == 0)
        #expect(value(two, one, .iou) == 0)
        #expect(value(.detectedFaces([]), one, .iou) == 0)
    }

    @Test func whatScoresNearTheThresholdMayBeMissing() {
        let sure = Answer.detectedFaces([face(0, 0, 100, 100)])
        let unsure = Answer.detectedFaces([
            face(0, 0, 100, 100), face(200, 0, 300, 100, score: 0.51),
        ])
        #expect(value(sure, unsure, .iou) == 1)
        #expect(value(unsure, sure, .iou) == 1)
    }

    /// What users saw of faces on Intel GPUs: immich-app/immich#29756.
    @Test func boxesOfZerosFail() {
        #expect(
            value(.detectedFaces([face(0, 0, 0, 0)]), .detectedFaces([face(10, 10, 60, 60)]), .iou) == 0)
    }

    /// What users saw of text in fp16: immich-app/immich#27941.
    @Test func infiniteScoresFail() {
        let line = DetectedText(
            corners: [Point(x: 0, y: 0), Point(x: 90, y: 0), Point(x: 90, y: 20), Point(x: 0, y: 20)],
            score: .infinity)
        let comparison = ProofComparison(
            [.detectedText([line])], with: [.detectedText([line])], measure: .iou)
        #expect(comparison.value == 0)
    }

    @Test func textsAreTheSameOrNot() {
        func text(_ words: String...) -> Answer {
            .text(words.map { RecognizedText(line: DetectedText(corners: [], score: 1), text: $0, score: 1) })
        }
        #expect(value(text("one", "two"), text("one", "two"), .texts) == 1)
        #expect(value(text("one", "twa"), text("one", "two"), .texts) == 0.5)
        #expect(value(text("one"), text("one", "two"), .texts) == 0.5)
        #expect(value(text(), text(), .texts) == 1)
    }

    @Test func answersOfAnotherKindFail() {
        #expect(value(.embedding([1]), .detectedFaces([]), .iou) == 0)
    }

    @Test func nothingAskedProvesNothing() {
        #expect(ProofComparison([], with: [], measure: .cosine).value == 0)
        #expect(ProofComparison([], with: [.embedding([1])], measure: .cosine).value == 0)
    }
}
