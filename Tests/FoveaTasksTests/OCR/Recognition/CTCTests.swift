import FoveaBackends
import FoveaCore
import FoveaTasks
import Testing

@Suite struct CTCTests {
    /// Classes: 0 blank, 1 a, 2 b, 3 space.
    private let alphabet = CTCAlphabet(dictionary: ["a", "b"])

    private func info(_ name: String, _ type: ElementType = .float32) -> TensorInfo {
        TensorInfo(name: name, elementType: type, shape: [nil, nil, nil])
    }

    private func decoded(_ steps: [(Int, Float)]) -> (text: String, score: Float) {
        var path = CTCSteps()
        for (likeliest, probability) in steps { path.append(likeliest, probability) }
        return path.decoded(alphabet)
    }

    @Test func repeatsAndBlanksAreNoCharacters() {
        let (text, score) = decoded([
            (0, 1), (1, 0.5), (1, 0.9), (0, 1), (1, 0.75), (2, 0.25), (3, 1), (3, 0.1), (0, 1),
        ])
        #expect(text == "aab ")
        #expect(score == (0.5 + 0.75 + 0.25 + 1) / 4)
    }

    @Test func nothingReadScoresNothing() {
        #expect(decoded([]) == ("", 0))
        #expect(decoded([(0, 1), (0, 1)]) == ("", 0))
    }

    /// Python 3.11: "a\r\nb\x0bc\x0c\x1cd\u2028e\x85f\r\rg\n".splitlines(), and so on.
    @Test func linesAsInPython() {
        #expect(
            CTCAlphabet.lines(of: "a\r\nb\u{b}c\u{c}\u{1c}d\u{2028}e\u{85}f\r\rg\n")
                == ["a", "b", "c", "", "d", "e", "f", "", "g"])
        #expect(CTCAlphabet.lines(of: "\u{3000}\n一\n") == ["\u{3000}", "一"])
        #expect(CTCAlphabet.lines(of: "e\n\u{301}\nx") == ["e", "\u{301}", "x"])
        #expect(CTCAlphabet.lines(of: "\n\nx") == ["", "", "x"])
        #expect(CTCAlphabet.lines(of: "") == [])
        #expect(CTCAlphabet.lines(of: "\u{1f}\t") == ["\u{1f}\t"])
    }

    @Test func probabilities() throws {
        let head = try CTCHead([info("fetch_name_0")])
        let scores = Tensor(
            shape: [2, 2, 4], [0.1, 0.7, 0.1, 0.1, 0, 0, 0.4, 0.4] + [Float](repeating: 0, count: 8))
        let steps = try head.steps([scores], count: 1, alphabet: alphabet)
        #expect(steps.count == 1)
        #expect(steps.first?.classes == [1, 2])
        #expect(steps.first?.probabilities == [0.7, 0.4])
    }

    @Test func halfFloats() throws {
        let head = try CTCHead([info("logits_softmax", .float16)])
        let scores = Tensor(shape: [1, 1, 4], [Float16(0.25), 0, 0, 0.75])
        #expect(try head.steps([scores], count: 1, alphabet: alphabet).first?.probabilities == [0.75])
    }

    /// e^ln 3 / (1 + 3 + 1 + 1)
    @Test func logitsAreTurnedToProbabilities() throws {
        let head = try CTCHead([info("other"), info("ctc_logits")])
        let logits = Tensor(shape: [1, 2, 4], [0, 1.0986123, 0, 0, 100, 101.0986123, 100, Float(100)])
        let steps = try #require(
            try head.steps([Tensor(shape: [], [Float(0)]), logits], count: 1, alphabet: alphabet).first)
        #expect(steps.classes == [1, 1])
        #expect(steps.probabilities.allSatisfy { abs($0 - 0.5) < 1e-5 })
    }

    @Test func indicesWithConfidence() throws {
        let head = try CTCHead([info("ctc_confidence"), info("ctc_indices", .int32)])
        let confidence = Tensor(shape: [1, 3], [Float(0.5), 0.25, 1])
        for indices in [Tensor(shape: [1, 3], [Int32(1), 0, 3]), Tensor(shape: [1, 3], [Int64(1), 0, 3])] {
            let steps = try #require(
                try head.steps([confidence, indices], count: 1, alphabet: alphabet).first)
            #expect(steps.decoded(alphabet) == ("a ", 0.75))
        }
    }

    @Test(arguments: [Int64(4), -1, .max, .min])
    func strayClassesAreRefused(stray: Int64) throws {
        let head = try CTCHead([info("ctc_indices", .int64), info("confidence")])
        let outputs = [Tensor(shape: [1, 1], [stray]), Tensor(shape: [1, 1], [Float(1)])]
        #expect { try head.steps(outputs, count: 1, alphabet: alphabet) } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    @Test func otherClassCountIsRefused() throws {
        let head = try CTCHead([info("x")])
        let scores = Tensor(shape: [1, 1, 5], [Float](repeating: 0, count: 5))
        #expect { try head.steps([scores], count: 1, alphabet: alphabet) } throws: {
            guard let error = $0 as? FoveaError else { return false }
            return error.code == .modelInvalid && error.message.contains("5 classes")
        }
    }

    @Test func otherShapesAreRefused() throws {
        let head = try CTCHead([info("x")])
        for shape in [[4], [1, 4], [1, 1, 1, 4]] {
            let scores = Tensor(shape: shape, [Float](repeating: 0, count: 4))
            #expect(throws: FoveaError.self) { try head.steps([scores], count: 1, alphabet: alphabet) }
        }
        #expect(throws: FoveaError.self) { try head.steps([], count: 1, alphabet: alphabet) }
        let one = Tensor(shape: [1, 1, 4], [Float](repeating: 0, count: 4))
        #expect(throws: FoveaError.self) { try head.steps([one], count: 2, alphabet: alphabet) }
        #expect(throws: FoveaError.self) { try CTCHead([]) }
        #expect(throws: FoveaError.self) { try CTCHead([info("ctc_indices", .int64)]) }
    }
}
