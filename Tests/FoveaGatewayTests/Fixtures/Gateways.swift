import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Foundation
import Logging

extension Gateway {
    /// One with slots on the CPU.
    static func with(
        slots: Int = 1, launcher: FakeLauncher, rules: SlotRules = SlotRules(capacity: 2),
        limits: Limits = Limits(), memory: FakeMemory = FakeMemory(), textBytes: Int = 0,
        supply: ModelSupply? = nil,
        logHandler: any LogHandler = SwiftLogNoOpLogHandler()
    ) -> Gateway {
        Gateway(
            slots: (0..<slots).map { Slot(index: $0, device: "cpu", deviceID: "0") },
            rules: { _ in rules },
            limits: limits, launcher: launcher, memory: memory, textBytes: textBytes, supply: supply,
            load: { (requests: 3, bytes: 4567) },
            logger: Logger(label: "test") { _ in logHandler })
    }

    /// One whose slots are devices, or services where addresses are named.
    static func at(
        _ places: [String], rules: [ModelRule] = [], launcher: any WorkerLauncher, capacity: Int = 4,
        textBytes: Int = 0, supply: ModelSupply? = nil, logHandler: any LogHandler = SwiftLogNoOpLogHandler()
    ) throws -> Gateway {
        let slots = try places.enumerated().map { index, place in
            place.hasPrefix("http")
                ? Slot(index: index, service: try ServiceAddress(place))
                : Slot(index: index, device: place, deviceID: "0")
        }
        return Gateway(
            slots: slots,
            rules: { $0.isLocal ? SlotRules(capacity: capacity) : .service(capacity: capacity) },
            models: rules, limits: Limits(), launcher: launcher, memory: FakeMemory(), textBytes: textBytes,
            supply: supply, load: { (requests: 0, bytes: 0) },
            logger: Logger(label: "test") { _ in logHandler })
    }

    /// Asks about a text, and answers with what the worker made of it.
    func ask(
        _ text: String, priority: RequestPriority? = nil, timeout: Duration? = nil
    ) async throws -> String {
        String(
            decoding: try await predict(.text(text, priority: priority, timeout: timeout)).json, as: UTF8.self
        )
    }

    /// What `/health` says.
    func reportedHealth() async throws -> HealthReport {
        guard let page = await page("/health") else {
            throw FoveaError(.invalidRequest, "There is no page /health.")
        }
        return try HealthReport(json: page.body)
    }
}

extension PredictionCall {
    static func text(
        _ text: String, priority: RequestPriority? = nil, timeout: Duration? = nil, isForwarded: Bool = false
    ) -> Self {
        PredictionCall(
            request: PredictionRequest(
                payload: .text(text), steps: [.clipTextual(model: "m", language: nil)]),
            entries: Array(#"{"clip":{"textual":{"modelName":"m"}}}"#.utf8), priority: priority,
            client: "127.0.0.1", timeout: timeout, isForwarded: isForwarded)
    }

    static func image(_ bytes: [UInt8]) -> Self {
        PredictionCall(
            request: PredictionRequest(payload: .image(bytes), steps: [.clipVisual(model: "m")]),
            entries: Array(#"{"clip":{"visual":{"modelName":"m"}}}"#.utf8), client: "127.0.0.1")
    }
}

/// Says how much memory processes have.
struct FakeMemory: ProcessMemoryReader {
    var bytes: @Sendable (pid_t) -> Int? = { _ in nil }

    func memory(of process: pid_t) -> ProcessMemory? {
        bytes(process).map { ProcessMemory(residentBytes: 2 * $0, anonymousBytes: $0) }
    }
}

/// The problem that a request ends with; `nil` where there is none.
func problem<Result>(_ body: () async throws -> Result) async -> HTTPProblem? {
    do {
        _ = try await body()
        return nil
    } catch {
        return HTTPProblem(error)
    }
}
