import FoveaBench
import Testing

@Suite struct LoadResultTests {
    @Test func requestsCountWithTheShareOfTheirTimeInTheWindow() {
        // Seconds:        0   1   2   3   4   5; the window is 1…4.
        let samples = [
            LoadSample(began: 0, ended: 2),  // half of it inside
            LoadSample(began: 2, ended: 3),  // whole
            LoadSample(began: 3, ended: 5),  // half
            LoadSample(began: 0, ended: 1),  // outside, but for the instant it ended
        ]
        let result = LoadResult(samples, window: 1...4)
        #expect(result.perSecond == 2.0 / 3)
        #expect(result.latencies == [2, 1, 1])
        #expect(result.seconds == 3)
    }

    @Test func burstsDoNotMakeTheRateJump() {
        // Four clients whose answers come together once a second: 4 a second, wherever the window starts.
        let samples = (0..<20).flatMap { second in
            Array(
                repeating: LoadSample(began: Double(second) + 0.5, ended: Double(second) + 1.5), count: 4)
        }
        for start in [2.0, 2.25, 2.75] {
            #expect(abs(LoadResult(samples, window: start...(start + 3.5)).perSecond - 4) < 1e-9)
        }
    }

    @Test func failuresAreNoAnswers() {
        let result = LoadResult(
            [
                LoadSample(began: 1, ended: 2), LoadSample(began: 1, ended: 2, failure: "status 500"),
                LoadSample(began: 0, ended: 0.5, failure: "refused"),
            ], window: 1...3)
        #expect(result.perSecond == 0.5)
        #expect(result.latencies.count == 1)
        #expect(result.failures == 2)
        #expect(result.failure == "status 500")
    }

    @Test func processorTimeIsAThousandAnswers() {
        let samples = (0..<10).map { LoadSample(began: Double($0), ended: Double($0 + 1)) }
        // 10 answers in 10 s cost 4 s.
        #expect(LoadResult(samples, window: 0...10, cpuSeconds: 4).cpuSecondsPerThousand == 400)
        #expect(LoadResult(samples, window: 0...10).cpuSecondsPerThousand == nil)
        #expect(LoadResult([], window: 0...10, cpuSeconds: 4).cpuSecondsPerThousand == nil)
    }

    @Test func requestsMayStandForSeveralAnswers() {
        let samples = (0..<10).map { LoadSample(began: Double($0), ended: Double($0 + 1)) }
        // 10 requests of 8 in 10 s: 80 answers, which cost 4 s.
        let result = LoadResult(samples, window: 0...10, cpuSeconds: 4).counting(8)
        #expect(result.perSecond == 8)
        #expect(result.cpuSecondsPerThousand == 50)
        #expect(result.latencies.count == 10)
    }
}
