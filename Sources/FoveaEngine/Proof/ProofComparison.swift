package import FoveaCore

/// Compares answers to the same questions. Pure.
package struct ProofComparison: Sendable, Equatable {
    package let measure: ProofMeasure
    /// The lowest over all that was compared.
    package let value: Double
    /// The mean over all that was compared.
    package let mean: Double
    /// What is wrong, where it is not a matter of degree.
    package let remark: String?

    /// - Parameters:
    ///   - answers: of the device.
    ///   - reference: of the processor, in the same order.
    package init(_ answers: [Answer], with reference: [Answer], measure: ProofMeasure) {
        self.measure = measure
        var values: [Double] = []
        var remark: String?
        for (answer, expected) in zip(answers, reference) {
            switch Self.compare(answer, expected) {
            case .success(let found): values += found
            case .failure(let problem):
                values.append(0)
                remark = remark ?? problem.text
            }
        }
        if answers.count != reference.count || reference.isEmpty {
            values.append(0)
            remark = remark ?? "it did not answer all that was asked"
        }
        value = values.min() ?? 1
        mean = values.isEmpty ? 1 : values.reduce(0, +) / Double(values.count)
        self.remark = remark
    }

    private struct Problem: Error {
        var text: String
    }

    /// How near an answer is; a value for each face of several.
    private static func compare(_ answer: Answer, _ expected: Answer) -> Result<[Double], Problem> {
        switch (answer, expected) {
        case (.embedding(let vector), .embedding(let other)): cosine(vector, other).map { [$0] }
        case (.faces(let faces), .faces(let others)):
            faces.count == others.count
                ? zip(faces, others).reduce(.success([])) { values, pair in
                    values.flatMap { values in
                        cosine(pair.0.embedding, pair.1.embedding).map { values + [$0] }
                    }
                } : .failure(Problem(text: "it recognised \(faces.count) faces instead of \(others.count)"))
        case (.detectedFaces(let faces), .detectedFaces(let others)):
            overlap(
                faces.map { ($0.box, $0.score) }, others.map { ($0.box, $0.score) }, minScore: faceMargin
            ).map { [$0] }
        case (.detectedText(let lines), .detectedText(let others)):
            overlap(
                lines.map { ($0.frame, $0.score) }, others.map { ($0.frame, $0.score) },
                minScore: textMargin
            ).map { [$0] }
        case (.text(let texts), .text(let others)):
            // A text that is missing or too much is one that differs.
            .success([
                others.isEmpty
                    ? (texts.isEmpty ? 1 : 0)
                    : Double(zip(texts.map(\.text), others.map(\.text)).count { $0 == $1 })
                        / Double(max(texts.count, others.count))
            ])
        default: .failure(Problem(text: "it answered in another form"))
        }
    }

    /// Detections that score between the threshold and this may be there on
    /// one device and not on the other.
    private static let faceMargin: Float = 0.55
    private static let textMargin: Float = 0.55

    package static func cosine(_ first: [Float], _ second: [Float]) -> Double? {
        guard first.count == second.count else { return nil }
        var dot = 0.0
        var lengths = (0.0, 0.0)
        for (a, b) in zip(first, second) {
            dot += Double(a) * Double(b)
            lengths.0 += Double(a) * Double(a)
            lengths.1 += Double(b) * Double(b)
        }
        let cosine = dot / (lengths.0 * lengths.1).squareRoot()
        return cosine.isFinite ? cosine : nil
    }

    private static func cosine(_ first: [Float], _ second: [Float]) -> Result<Double, Problem> {
        guard let value: Double = cosine(first, second) else {
            return .failure(Problem(text: "its numbers are zero or none at all"))
        }
        return .success(value)
    }

    /// The lowest overlap over all detections of either side that score
    /// `minScore`, each with its best match on the other.
    private static func overlap(
        _ first: [(box: Box, score: Float)], _ second: [(box: Box, score: Float)], minScore: Float
    ) -> Result<Double, Problem> {
        guard first.allSatisfy({ $0.score.isFinite && $0.box.isFinite }) else {
            return .failure(Problem(text: "its numbers are none"))
        }
        func lowest(_ boxes: [(box: Box, score: Float)], in others: [(box: Box, score: Float)]) -> Double {
            boxes.filter { $0.score >= minScore }.reduce(1) { low, entry in
                min(low, others.map { $0.box.overlap(with: entry.box) }.max() ?? 0)
            }
        }
        return .success(min(lowest(first, in: second), lowest(second, in: first)))
    }
}

extension Box {
    var isFinite: Bool { [x1, y1, x2, y2].allSatisfy(\.isFinite) }

    /// Intersection over union, as if boxes whose edges are a pixel apart were
    /// the same: edges are rounded to pixels, and what lies on one side of a
    /// half may lie on the other elsewhere.
    func overlap(with other: Box) -> Double {
        let edges = [(x1, other.x1), (y1, other.y1), (x2, other.x2), (y2, other.y2)]
        if edges.allSatisfy({ abs($0 - $1) <= 1 }), width > 2, height > 2 { return 1 }
        let shared =
            Double(max(0, min(x2, other.x2) - max(x1, other.x1)))
            * Double(max(0, min(y2, other.y2) - max(y1, other.y1)))
        let union = area + other.area - shared
        return union > 0 ? shared / union : 0
    }

    private var width: Float { x2 - x1 }
    private var height: Float { y2 - y1 }
    private var area: Double { Double(max(0, width)) * Double(max(0, height)) }
}

extension DetectedText {
    /// The box around the corners.
    var frame: Box {
        Box(
            x1: corners.map(\.x).min() ?? 0, y1: corners.map(\.y).min() ?? 0,
            x2: corners.map(\.x).max() ?? 0, y2: corners.map(\.y).max() ?? 0)
    }
}
