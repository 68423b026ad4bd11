import FoveaMetrics
import Testing

@Suite struct HistogramTests {
    @Test func bucketsIncludeTheirBounds() {
        var histogram = Histogram(bounds: [1, 2, 4])
        for value in [-1, 0, 1, 1.5, 2, 3, 4, 5, 100.0] { histogram.observe(value) }
        #expect(histogram.counts == [3, 2, 2, 2])
        #expect(histogram.cumulativeCounts == [3, 5, 7, 9])
        #expect(histogram.count == 9)
        #expect(histogram.sum == 115.5)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func whatIsNoNumberIsLeftOut(_ value: Double) {
        var histogram = Histogram(bounds: [1])
        histogram.observe(value)
        histogram.observe(2)
        #expect(histogram.count == 1)
        #expect(histogram.sum == 2)
    }

    @Test func durationsAreSeconds() {
        var histogram = Histogram(bounds: [0.1])
        histogram.observe(.milliseconds(250))
        #expect(histogram.sum == 0.25)
        #expect(Duration.milliseconds(100).seconds == 0.1)
        #expect(Duration.seconds(-2).seconds == -2)
    }

    @Test(arguments: [
        BucketBounds.requestSeconds, BucketBounds.phaseSeconds, BucketBounds.loadSeconds,
        BucketBounds.batchRows,
    ])
    func boundsAscend(_ bounds: [Double]) {
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 })
        #expect(bounds.allSatisfy { $0.isFinite })
        // Each is a series for every set of labels.
        #expect(bounds.count <= 15)
    }

    @Test func aCounterOnlyGrows() {
        var counter = Counter()
        counter.increment()
        counter.increment(by: 4)
        counter.increment(by: -2)
        #expect(counter.value == 5)
    }
}
