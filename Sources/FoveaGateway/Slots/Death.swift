package import FoveaMetrics

/// How a worker ended.
package struct Death: Sendable, Equatable {
    package var restartReason: RestartReason
    /// For people: `it exited with status 1`.
    package var explanation: String

    package init(_ restartReason: RestartReason, _ explanation: String) {
        self.restartReason = restartReason
        self.explanation = explanation
    }
}
