public import Foundation
import FoveaCore

/// Everything that is counted while the service runs.
///
/// A value: its owner tells it what happened, and asks it for the text that
/// ``prometheusText(_:)`` makes of it and of a ``HealthReport`` of the same
/// moment. For example:
///
/// ```swift
/// var metrics = ServiceMetrics(startTime: .now)
/// metrics.requestAnswered(.task(.clip), status: 200, duration: .milliseconds(80), report: report)
/// let text = metrics.prometheusText(health)
/// ```
public struct ServiceMetrics: Sendable {
    /// When the process started.
    public let startTime: Date

    var requests = MetricFamily(
        "fovea_requests_total", "Prediction requests that were answered, by task and HTTP status.",
        initial: Counter())
    var failures = MetricFamily(
        "fovea_request_failures_total",
        "Prediction requests that were answered with a status of 400 or above.", initial: Counter())
    var requestDurations = MetricFamily(
        "fovea_request_duration_seconds",
        "Time from the arrival of a request to its answer, of those answered with success.",
        initial: Histogram(bounds: BucketBounds.requestSeconds))
    var phaseDurations = MetricFamily(
        "fovea_phase_duration_seconds", "What the time of successful requests went into.",
        initial: Histogram(bounds: BucketBounds.phaseSeconds))
    var cancels = MetricFamily(
        "fovea_requests_cancelled_total", "Requests whose client went away before the answer.",
        initial: Counter(), known: byTask)
    var rejections = MetricFamily(
        "fovea_requests_rejected_total", "Requests turned away without being run.", initial: Counter(),
        known: RejectionReason.allCases.map { ["reason": $0.rawValue] })
    var missedDeadlines = MetricFamily(
        "fovea_requests_deadline_exceeded_total", "Requests given up because their time was over.",
        initial: Counter(), known: byTask)
    var retries = MetricFamily(
        "fovea_retries_total", "Requests run again, by the slot that failed them.", initial: Counter())

    var runs = MetricFamily(
        "fovea_model_runs_total", "Runs of a model, by model and where it ran.", initial: Counter())
    var batchRows = MetricFamily(
        "fovea_batch_rows", "Rows of the largest batch a request's model ran with.",
        initial: Histogram(bounds: BucketBounds.batchRows))
    var loads = MetricFamily(
        "fovea_model_load_duration_seconds", "Time to load a model; its count is how many were loaded.",
        initial: Histogram(bounds: BucketBounds.loadSeconds))
    // Without the name: it may be that of no real model, and come from anyone.
    var loadFailures = MetricFamily(
        "fovea_model_load_failures_total", "Models that could not be loaded.", initial: Counter())
    var fallbacks = MetricFamily(
        "fovea_fallbacks_total", "Models that run on another device than they should.", initial: Counter())
    var trials = MetricFamily(
        "fovea_device_trial_duration_seconds",
        "Time to compare a model on a device with the processor, compiling included.",
        initial: Histogram(bounds: BucketBounds.loadSeconds))

    var restarts = MetricFamily(
        "fovea_worker_restarts_total", "Workers that were replaced, by slot and reason.", initial: Counter())

    /// Models whose names are labels.
    private var models: Set<ModelID> = []
    /// More than anybody has installed. It bounds the series where a file
    /// system takes many spellings for one name.
    package static let maximumModels = 256

    /// - Parameter startTime: of the process.
    public init(startTime: Date) { self.startTime = startTime }

    private static let byTask: [Labels] = RequestTask.all.map { ["task": $0.label] }
}

extension ServiceMetrics {
    /// The label for a model that is or was in memory.
    mutating func label(_ model: ModelID) -> String {
        if !models.contains(model) {
            guard models.count < Self.maximumModels else { return "other" }
            models.insert(model)
        }
        return model.name
    }
}
