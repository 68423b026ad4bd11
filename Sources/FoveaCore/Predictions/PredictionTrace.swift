import Synchronization

/// Collects what a request's time goes into while it is answered.
///
/// Travels with the request's task, so that whoever works for it adds its
/// share without being handed anything:
///
/// ```swift
/// let trace = PredictionTrace()
/// let answer = try await PredictionTrace.$current.withValue(trace) { try await work() }
/// print(trace.report.durations)
/// ```
package final class PredictionTrace: Sendable {
    /// The trace of the request that the current task works for. `nil` where
    /// the work serves more than one request, such as loading a model, or where
    /// nobody asked.
    @TaskLocal package static var current: PredictionTrace?

    private let collected = Mutex(PredictionReport())

    package init() {}

    /// What was collected so far.
    package var report: PredictionReport { collected.withLock { $0 } }

    /// Adds time spent in a phase.
    package func add(_ duration: Duration, to phase: PredictionReport.Phase) {
        collected.withLock { $0.durations[phase, default: .zero] += duration }
    }

    /// Adds one run of a model.
    ///
    /// - Parameter batch: rows that the run was given.
    package func addRun(of model: ModelID, on placement: Placement, batch: Int) {
        collected.withLock { report in
            if let index = report.runs.firstIndex(where: { $0.model == model && $0.placement == placement }) {
                report.runs[index].batch = max(report.runs[index].batch, batch)
                report.runs[index].count += 1
            } else {
                report.runs.append(.init(model: model, placement: placement, batch: batch, count: 1))
            }
        }
    }
}
