import FoveaCore
import Foundation

extension ServiceMetrics {
    /// The `Content-Type` of ``prometheusText(_:)``.
    public static let contentType = PrometheusText.contentType

    /// Everything, in Prometheus' text exposition format 0.0.4; the same
    /// values give the same text.
    ///
    /// - Parameter health: what there is at this moment: its gauges.
    public func prometheusText(_ health: HealthReport) -> String {
        var text = PrometheusText()
        text.gauges(
            "fovea_build_info", "Which Fovea this is; always 1.", [(["version": health.version], Gauge(1))])
        text.gauges(
            "fovea_process_start_time_seconds", "When the process started, in seconds since 1970.",
            [(.none, Gauge(startTime.timeIntervalSince1970))])
        text.counters(requests)
        text.counters(failures)
        text.histograms(requestDurations)
        text.histograms(phaseDurations)
        text.counters(cancels)
        text.counters(rejections)
        text.counters(missedDeadlines)
        text.counters(retries)
        text.queue(health.queue)
        text.histograms(batchRows)
        text.counters(runs)
        text.histograms(loads)
        text.counters(loadFailures)
        text.counters(fallbacks)
        text.histograms(trials)
        text.models(health.slots)
        text.slots(health.slots)
        text.counters(restarts)
        text.memory(health)
        return text.text
    }
}

extension PrometheusText {
    fileprivate mutating func queue(_ queue: HealthReport.Queue) {
        gauges(
            "fovea_queue_requests", "Requests that wait, by priority.",
            RequestPriority.allCases.map {
                (["priority": $0.rawValue], Gauge(queue.depthByPriority[$0] ?? 0))
            })
        gauges("fovea_queue_bytes", "Bytes of the requests that wait.", [(.none, Gauge(queue.bytes))])
        gauges("fovea_requests_running", "Requests that workers have.", [(.none, Gauge(queue.running))])
        gauges(
            "fovea_queue_limit_requests", "Requests that may wait.",
            [(.none, Gauge(queue.limits.depth))])
        gauges(
            "fovea_queue_limit_bytes", "Bytes that requests may have while they wait.",
            [(.none, Gauge(queue.limits.bytes))])
    }

    fileprivate mutating func models(_ slots: [HealthReport.Slot]) {
        let loaded = slots.flatMap { slot in
            slot.models.filter { $0.state == .loaded }.map { (slot.index, $0) }
        }
        gauges(
            "fovea_model_loaded", "Models in memory, by slot and where they run; always 1.",
            loaded.map { slot, model in
                let placement = [
                    ("device", model.device ?? ""), ("provider", model.provider ?? ""),
                    ("precision", model.precision ?? ""),
                ]
                return (Labels(labels(slot, model) + placement), Gauge(1))
            })
        gauges(
            "fovea_model_memory_bytes", "Memory that a model takes, where that is known.",
            loaded.compactMap { slot, model in
                model.bytes.map { (Labels(labels(slot, model)), Gauge($0)) }
            })
    }

    private func labels(_ slot: Int, _ model: HealthReport.Model) -> [(String, String)] {
        [
            ("slot", String(slot)), ("task", model.task.rawValue), ("type", model.type.rawValue),
            ("model", model.name),
        ]
    }

    fileprivate mutating func slots(_ slots: [HealthReport.Slot]) {
        gauges(
            "fovea_slot_state", "1 for the state a slot is in, 0 for all others.",
            slots.flatMap { slot in
                SlotState.allCases.map { state in
                    let labels: Labels = [
                        "slot": String(slot.index), "device": slot.device, "state": state.rawValue,
                    ]
                    return (labels, Gauge(slot.state == state))
                }
            })
        gauges(
            "fovea_slot_requests_running", "Requests that a slot's worker has.",
            slots.map { (["slot": String($0.index)], Gauge($0.running)) })
    }

    fileprivate mutating func memory(_ health: HealthReport) {
        let processes =
            [("gateway", health.rssBytes, health.anonymousBytes)]
            + health.slots.map { ("slot-\($0.index)", $0.rssBytes, $0.anonymousBytes) }
        gauges(
            "fovea_process_resident_memory_bytes", "Memory that a process has, files it has mapped included.",
            processes.compactMap { name, resident, _ in
                resident.map { (["process": name], Gauge($0)) }
            })
        gauges(
            "fovea_process_anonymous_memory_bytes", "Memory that a process has for itself alone.",
            processes.compactMap { name, _, anonymous in
                anonymous.map { (["process": name], Gauge($0)) }
            })
    }
}
