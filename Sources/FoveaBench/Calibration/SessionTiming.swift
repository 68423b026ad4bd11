package import FoveaBackends
package import FoveaCore

/// How long a graph takes, in seconds rather than minutes of measuring.
package enum SessionTiming {
    /// The median of some runs, one after the other, in seconds.
    ///
    /// The first run is not counted: engines plan their memory in it.
    ///
    /// - Parameter limit: about how long to go on, in seconds; two runs are
    ///   counted whatever they take.
    /// - Throws: what running does.
    package static func median(
        of session: any ModelSession, _ inputs: [Tensor], limit: Double = 2
    ) async throws -> Double {
        _ = try await session.run(inputs)
        var times: [Double] = []
        while times.count < 2 || (times.reduce(0, +) < limit && times.count < 100) {
            let begun = ContinuousClock.now
            _ = try await session.run(inputs)
            times.append(begun.duration(to: .now) / .seconds(1))
        }
        return Statistics.quantile(0.5, of: times) ?? 0
    }
}
