/// A request of a load.
package struct LoadSample: Sendable, Equatable {
    /// Seconds since the load began.
    package var began: Double
    package var ended: Double
    /// Why it failed; `nil` where it was answered.
    package var failure: String?

    package init(began: Double, ended: Double, failure: String? = nil) {
        self.began = began
        self.ended = ended
        self.failure = failure
    }
}

/// What a load came to within a window of time, in which it neither began nor
/// ended.
package struct LoadResult: Sendable, Equatable {
    /// Answers a second.
    package var perSecond: Double
    /// Seconds that the answers took which came within the window.
    package var latencies: [Double]
    /// Requests that failed, within the window or not.
    package var failures: Int
    /// Why the first of them did.
    package var failure: String?
    /// Seconds of processor time within the window; `nil` where that is not known.
    package var cpuSeconds: Double?
    /// The window's length in seconds.
    package var seconds: Double

    /// A request that reaches over an end of the window counts with the share
    /// of its time that lies inside. Counting whole answers instead would
    /// make the rate of few, long requests jump by one of them.
    package init(_ samples: [LoadSample], window: ClosedRange<Double>, cpuSeconds: Double? = nil) {
        seconds = window.upperBound - window.lowerBound
        let answered = samples.filter { $0.failure == nil }
        let inside = answered.reduce(0.0) { sum, sample in
            let overlap = min(sample.ended, window.upperBound) - max(sample.began, window.lowerBound)
            guard overlap > 0 else { return sum }
            return sum + overlap / (sample.ended - sample.began)
        }
        perSecond = seconds > 0 ? inside / seconds : 0
        latencies = answered.filter { window.contains($0.ended) }.map { $0.ended - $0.began }
        let failed = samples.filter { $0.failure != nil }
        failures = failed.count
        failure = failed.first?.failure
        self.cpuSeconds = cpuSeconds
    }

    /// The same where each request stands for several: as many more a second, and
    /// as much less processor time for each. Latencies and failures stay those
    /// of requests.
    package func counting(_ each: Int) -> LoadResult {
        var result = self
        result.perSecond *= Double(each)
        return result
    }

    /// Seconds of processor time a thousand answers.
    package var cpuSecondsPerThousand: Double? {
        cpuSeconds.flatMap { perSecond > 0 ? $0 / (perSecond * seconds) * 1000 : nil }
    }
}
