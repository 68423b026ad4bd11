public import FoveaCore

extension ServiceMetrics {
    /// A request was answered, with whatever status.
    ///
    /// - Parameters:
    ///   - status: 100…599.
    ///   - duration: from the request's arrival to its answer.
    ///   - report: what the worker said about a successful one.
    public mutating func requestAnswered(
        _ task: RequestTask, status: Int, duration: Duration, report: PredictionReport? = nil
    ) {
        let labels: Labels = ["task": task.label, "status": Self.label(status: status)]
        requests[labels].increment()
        guard status < 400 else { return failures[labels].increment() }
        // Refusals take microseconds: with them, the service would seem to
        // get faster whenever something is wrong.
        requestDurations[["task": task.label]].observe(duration)
        if let report { observe(report, task) }
    }

    private mutating func observe(_ report: PredictionReport, _ task: RequestTask) {
        for (phase, duration) in report.durations {
            phaseDurations[["task": task.label, "phase": phase.rawValue]].observe(duration)
        }
        for run in report.runs {
            batchRows[Labels(task: run.model.task, type: run.model.type)].observe(Double(run.batch))
            var placement = run.placement
            // Another machine's devices have the names of this one's.
            if let service = report.service { placement.device = service }
            let labels = Labels(run.model, name: label(run.model), placement: placement)
            runs[labels].increment(by: run.count)
        }
    }

    /// The client went away before the answer.
    public mutating func requestCancelled(_ task: RequestTask) {
        cancels[["task": task.label]].increment()
    }

    /// The request was turned away without being run. Its answer is counted
    /// by ``requestAnswered(_:status:duration:report:)`` as any other.
    public mutating func requestRejected(_ reason: RejectionReason) {
        rejections[["reason": reason.rawValue]].increment()
    }

    /// The request's time was over, waiting or running.
    public mutating func deadlineExceeded(_ task: RequestTask) {
        missedDeadlines[["task": task.label]].increment()
    }

    /// A request is run again because `slot` failed it.
    public mutating func requestRetried(slot: Int, _ reason: RetryReason) {
        retries[["slot": String(slot), "reason": reason.rawValue]].increment()
    }

    /// The slot's worker is replaced.
    public mutating func workerRestarted(slot: Int, _ reason: RestartReason) {
        restarts[["slot": String(slot), "reason": reason.rawValue]].increment()
    }

    /// A model is in memory now.
    public mutating func modelLoaded(_ model: ModelID, slot: Int, duration: Duration) {
        let labels = Labels(model, name: label(model), slot: slot)
        loads[labels].observe(duration)
    }

    /// A model could not be loaded.
    public mutating func modelLoadFailed(_ task: ModelTask, _ type: ModelType, slot: Int) {
        loadFailures[["slot": String(slot), "task": task.rawValue, "type": type.rawValue]].increment()
    }

    /// A model that was loaded runs on another device than it should.
    ///
    /// - Parameters:
    ///   - wanted: the device the settings name: one of theirs.
    ///   - device: the device it runs on.
    public mutating func modelFellBack(_ model: ModelID, wanted: String, device: String) {
        let name = label(model)
        let labels = Labels([
            ("task", model.task.rawValue), ("type", model.type.rawValue), ("model", name),
            ("wanted", wanted), ("device", device),
        ])
        fallbacks[labels].increment()
    }

    /// A model was compared with the processor on a device that was new to it.
    public mutating func deviceTried(
        _ model: ModelID, device: String, passed: Bool, duration: Duration
    ) {
        let labels = Labels([
            ("task", model.task.rawValue), ("type", model.type.rawValue), ("model", label(model)),
            ("device", device), ("passed", passed ? "true" : "false"),
        ])
        trials[labels].observe(duration)
    }

    private static func label(status: Int) -> String {
        (100...599).contains(status) ? String(status) : "other"
    }
}

extension Labels {
    init(task: ModelTask, type: ModelType) { self = ["task": task.rawValue, "type": type.rawValue] }

    init(_ model: ModelID, name: String, slot: Int) {
        self = [
            "slot": String(slot), "task": model.task.rawValue, "type": model.type.rawValue, "model": name,
        ]
    }

    init(_ model: ModelID, name: String, placement: Placement) {
        self = [
            "task": model.task.rawValue, "type": model.type.rawValue, "model": name,
            "device": placement.device, "provider": placement.provider, "precision": placement.precision,
        ]
    }
}
