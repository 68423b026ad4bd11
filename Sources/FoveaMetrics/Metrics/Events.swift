public import FoveaCore

/// What a request is about: the label `task` of what is counted by request.
public enum RequestTask: Sendable, Hashable {
    case task(ModelTask)
    /// More than one task in one request.
    case several
    /// Refused before that was known.
    case unknown
}

extension RequestTask {
    public init(_ request: PredictionRequest) {
        let tasks = Set(request.steps.map(\.model.task))
        self = tasks.count > 1 ? .several : tasks.first.map(RequestTask.task) ?? .unknown
    }

    package static let all = ModelTask.allCases.map(RequestTask.task) + [.several, .unknown]

    package var label: String {
        switch self {
        case .task(let task): task.rawValue
        case .several: "several"
        case .unknown: "unknown"
        }
    }
}

/// Why a worker was replaced. The raw value is a label.
public enum RestartReason: String, Sendable, Hashable, CaseIterable {
    /// It ended by itself.
    case exited
    /// A signal ended it, other than `SIGKILL`: a crash in native code.
    case crashed
    /// `SIGKILL` from elsewhere ended it: most often memory has run out.
    case killed
    /// It did not answer for longer than `MACHINE_LEARNING_WORKER_TIMEOUT`.
    case silent
    /// It never became ready.
    case startFailed = "start_failed"
    /// Whoever runs the service asked for it.
    case requested
    /// It was another service, which does not answer.
    case unreachable
}

/// Why a request was run again. The raw value is a label.
public enum RetryReason: String, Sendable, Hashable, CaseIterable {
    /// The worker ended while it had the request.
    case workerExited = "worker_exited"
    /// The worker was replaced because it did not answer.
    case workerSilent = "worker_silent"
    /// The worker's socket refused the request or broke.
    case connectionFailed = "connection_failed"
    /// It was another service, which did not answer it.
    case passedOn = "passed_on"
}

/// Why a request was turned away without being run. The raw value is a label.
public enum RejectionReason: String, Sendable, Hashable, CaseIterable {
    /// As many requests wait as may.
    case queueDepth = "queue_depth"
    /// The requests that wait hold as many bytes as they may.
    case queueBytes = "queue_bytes"
    /// No slot is left that could run it.
    case noSlot = "no_slot"
    /// The service is ending.
    case stopping
}
