/// What a process is told that holds a bare engine: a line of JSON.
package struct EngineOrder: Sendable, Hashable, Codable {
    package var benchCase: BenchCase
    package var arrangement: Arrangement
    package var leadIn: Double
    package var seconds: Double

    package init(_ benchCase: BenchCase, _ arrangement: Arrangement, leadIn: Double, seconds: Double) {
        self.benchCase = benchCase
        self.arrangement = arrangement
        self.leadIn = leadIn
        self.seconds = seconds
    }
}

/// What it answers: another.
package struct EngineAnswer: Sendable, Hashable, Codable {
    /// Pictures or texts a second.
    package var perSecond: Double?
    package var cpuSecondsPerThousand: Double?
    /// Why there is no figure.
    package var problem: String?

    package init(_ result: LoadResult) {
        perSecond = result.failures == 0 ? result.perSecond : nil
        cpuSecondsPerThousand = result.cpuSecondsPerThousand
        problem = result.failure
    }

    package init(problem: String) { self.problem = problem }
}
