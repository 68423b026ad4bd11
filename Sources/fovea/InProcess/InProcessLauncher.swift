import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaGateway
import FoveaMetrics
import FoveaServer
import FoveaWorker
import Logging

/// Runs a slot's engine in this process, for debugging: what crashes it takes
/// the gateway along.
struct InProcessLauncher: WorkerLauncher {
    let settings: Settings
    let logger: Logger

    func run(
        _ slot: Slot, onStart: @escaping @Sendable (any Worker) async -> Void,
        onEvent: @escaping @Sendable (WorkerEvent) async -> Void
    ) async -> Death {
        let (events, feed) = AsyncStream<EngineEvent>.makeStream()
        let (ends, end) = AsyncStream<Never>.makeStream()
        do {
            let (engine, description) = try settings.makeEngine(
                on: Device(slot.device) ?? .cpu, machine: Machine(), logger: logger
            ) { feed.yield($0) }
            await onStart(InProcessWorker(service: EngineService(engine: engine), end: { end.finish() }))
            await onEvent(.ready(engine: description))
            await withTaskGroup { group in
                group.addTask { for await event in events { await onEvent(.model(event)) } }
                group.addTask { await engine.keepModels(preloading: settings.preload, logger: logger) }
                for await _ in ends {}
                group.cancelAll()
            }
            return Death(.requested, "it was told to end")
        } catch {
            return Death(.startFailed, "it cannot start: \(error)")
        }
    }
}

private struct InProcessWorker: Worker {
    let service: EngineService
    let end: @Sendable () -> Void

    var processID: Int32? { nil }
    func predict(_ call: PredictionCall) async throws -> PredictionReply { try await service.predict(call) }
    func stop() { end() }
    func kill() { end() }
}
