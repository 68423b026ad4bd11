import FoveaCore
import FoveaEngine
import Testing

@Suite struct BatchAgreementTests {
    private func agree(_ first: [Float], _ second: [Float]) -> Bool {
        BatchAgreement.agree(
            [Tensor(shape: [1, first.count], first)], [Tensor(shape: [1, second.count], second)])
    }

    @Test func roundingIsNoDifference() {
        #expect(agree([1, 2, 3], [1, 2, 3]))
        #expect(agree([1.001, 2, 3], [1, 2, 3]))
        #expect(agree([0, 0], [0, 0]))
    }

    @Test func otherNumbersAre() {
        #expect(!agree([1, 2, 3], [3, 2, 1]))
        #expect(!agree([1.1, 2, 3], [1, 2, 3]))
        #expect(!agree([0, 0, 0], [1, 2, 3]))
        #expect(!agree([.nan, 2, 3], [1, 2, 3]))
        #expect(!agree([1, 2], [1, 2, 3]))
        // Off by little, but in a direction of its own.
        #expect(
            !agree([1] + [Float](repeating: 0.01, count: 900), [1] + [Float](repeating: -0.01, count: 900)))
    }

    @Test func numbersOfClassesAreTheSameOrNot() {
        func agree(_ first: [Int32], _ second: [Int32]) -> Bool {
            BatchAgreement.agree([Tensor(shape: [3], first)], [Tensor(shape: [3], second)])
        }
        #expect(agree([1, 2, 3], [1, 2, 3]))
        #expect(!agree([1, 2, 3], [1, 2, 4]))
    }

    @Test func outputsAreAsMany() {
        #expect(!BatchAgreement.agree([], [Tensor(shape: [1], [Float(1)])]))
    }
}
