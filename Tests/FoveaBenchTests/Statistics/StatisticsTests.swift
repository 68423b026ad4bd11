import FoveaBench
import Testing

@Suite struct StatisticsTests {
    @Test func theMedianIsTheMiddleOrTheMeanOfBothMiddles() {
        #expect(Statistics.median([3, 1, 2]) == 2)
        #expect(Statistics.median([4, 1, 3, 2]) == 2.5)
        #expect(Statistics.median([]) == nil)
    }

    /// Nearest rank, as Hyndman and Fan's definition 1: the ⌈q·n⌉-th of n.
    @Test(arguments: [(0.0, 1.0), (0.01, 1.0), (0.5, 50.0), (0.505, 51.0), (0.99, 99.0), (1.0, 100.0)])
    func aQuantileIsAMeasuredValue(share: Double, expected: Double) {
        let values = (1...100).map(Double.init).reversed()
        #expect(Statistics.quantile(share, of: Array(values)) == expected)
    }

    @Test func fewValuesHaveTheirWorstAsP99() {
        #expect(Statistics.quantile(0.99, of: [5, 9, 7]) == 9)
        #expect(Statistics.quantile(0.99, of: []) == nil)
    }
}
