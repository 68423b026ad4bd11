import FoveaCore
import FoveaMetrics
import Foundation

extension ModelID {
    static let visual = ModelID(.clip, .visual, name: "ViT-B-32__openai")
    static let textual = ModelID(.clip, .textual, name: "ViT-B-32__openai")
}

extension Placement {
    static let cpu = Placement(device: "cpu", provider: "CPUExecutionProvider", precision: "fp32")
}

extension PredictionReport {
    static let visual = PredictionReport(
        durations: [.queue: .microseconds(100), .decode: .microseconds(9800), .run: .milliseconds(50)],
        runs: [ModelRun(model: .visual, placement: .cpu, batch: 1, count: 1)])
}

extension HealthReport.Slot {
    /// Slot 0 on the CPU since 2026-11-25 03:27:07 UTC.
    static func cpu(
        _ state: SlotState = .running, index: Int = 0, restarts: Int = 0, memory: ProcessMemory? = nil,
        running: Int = 0, models: [HealthReport.Model] = []
    ) -> Self {
        HealthReport.Slot(
            index: index, device: "cpu", state: state, pid: state == .running ? 4711 : nil,
            since: Date(timeIntervalSince1970: 1_795_577_227), restarts: restarts, memory: memory,
            running: running, models: models)
    }
}

extension HealthReport.Queue {
    static let empty = HealthReport.Queue(
        depths: [:], bytes: 0, running: 0, limits: Limits(depth: 100, bytes: 1 << 30, running: 4))
}

extension HealthReport {
    init(_ slots: Slot...) {
        self.init(version: "1.2.3", uptime: .seconds(60), slots: slots, queue: .empty)
    }
}
