import FoveaBackends
import FoveaCore
import FoveaTasks
import Testing

@Suite struct CTCHeadTests {
    /// Each step's class is the first of the likeliest, however many there are
    /// and wherever it stands.
    @Test(arguments: [2, 3, 31, 32, 33, 64, 95, 500, 6625])
    func theFirstOfTheLikeliestIsTaken(_ classCount: Int) throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            // Few values, so that many are alike.
            var scores = (0..<classCount).map { _ in Float(Int.random(in: -4...4, using: &random)) }
            for _ in 0..<Int.random(in: 0...3, using: &random) where classCount > 3 {
                scores[Int.random(in: 1..<classCount, using: &random)] = .nan
            }
            let greatest = scores.filter { !$0.isNaN }.max()
            let step = try steps(scores)
            #expect(step.classes == [scores.firstIndex { $0 == greatest }])
            #expect(step.probabilities == [greatest])
        }
    }

    @Test func nothingIsGreaterThanWhatIsNoNumber() throws {
        #expect(try steps([.nan, 1, 2]).classes == [0])
        #expect(try steps([-.infinity, -.infinity, .nan]).classes == [0])
        #expect(try steps([0, -0.0, .infinity, .infinity]).classes == [2])
        #expect(try steps([-0.0, 0]).classes == [0])
    }

    private func steps(_ scores: [Float]) throws -> CTCSteps {
        let alphabet = CTCAlphabet(dictionary: (2..<scores.count).map { "\($0)" })
        let steps = try CTCHead.probabilities(output: 0).steps(
            [Tensor(shape: [1, 1, scores.count], scores)], count: 1, alphabet: alphabet)
        return try #require(steps.first)
    }
}
