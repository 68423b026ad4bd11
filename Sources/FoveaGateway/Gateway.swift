package import FoveaCore
package import FoveaMetrics
package import FoveaServer
import Foundation
import HTTPTypes
package import Logging
import Synchronization

/// Has workers answer predictions, each in a slot of its own.
///
/// Loads no engine and decodes no picture, so that nothing native can take it
/// down. ``DispatchState`` decides; this actor does what it says.
package actor Gateway: PredictionService {
    private typealias Continuation = CheckedContinuation<PredictionReply, any Error>

    /// A request on its way.
    private struct Pending {
        let call: PredictionCall
        let continuation: Continuation
        let submitted: SuspendingClock.Instant
        /// Whether nobody is left to be asked when its route has come to its end.
        let isLast: Bool
        /// What the client gets in that case, if a service said something.
        var answer: HTTPProblem?
        /// Who has it, or had it last.
        var slot: Int?
        /// Which attempt of all is the last one for it; 0 before the first.
        var attempts = 0
        /// Waits for the answer of the worker that has it.
        var task: Task<Void, Never>?
        /// Waits for the client's patience to end.
        var timer: Task<Void, Never>?
    }

    let slots: [Slot]
    let routes: RoutePlan
    private let launcher: any WorkerLauncher
    private let logger: Logger
    let clock = SuspendingClock()
    private let available = Atomic<Bool>(true)
    private let log: TransitionLog
    /// Completes when the worker of a slot has ended.
    private var lives: [Int: Task<Void, Never>] = [:]
    private(set) var state: DispatchState
    private var pending: [RequestID: Pending] = [:]
    private var workers: [Int: any Worker] = [:]
    /// Why a worker is about to end, where that is known before it does.
    private var endings: [Int: Death] = [:]
    private let load: @Sendable () -> (requests: Int, bytes: Int)
    private let limits: Limits
    private let memory: any ProcessMemoryReader
    /// Is called when the last worker is gone.
    private let onIdle: @Sendable () -> Void
    private var nextID: UInt64 = 0
    /// Requests given to workers so far.
    private var attempts = 0
    var board: StatusBoard
    private var texts: TextAnswers
    /// Where models come from; `nil` where those that are there are all.
    let supply: ModelSupply?

    package init(
        slots: [Slot], rules: (Slot) -> SlotRules, models: [ModelRule] = [], limits: Limits,
        launcher: any WorkerLauncher,
        memory: any ProcessMemoryReader = ProcFileSystem(), textBytes: Int = 0, supply: ModelSupply? = nil,
        onIdle: @escaping @Sendable () -> Void = {},
        load: @escaping @Sendable () -> (requests: Int, bytes: Int), logger: Logger
    ) {
        self.slots = slots
        routes = RoutePlan(slots: slots, rules: models)
        self.launcher = launcher
        self.logger = logger
        self.limits = limits
        self.load = load
        self.memory = memory
        self.supply = supply
        self.onIdle = onIdle
        texts = TextAnswers(maxBytes: textBytes)
        board = StatusBoard(slots: slots, memory: memory)
        log = TransitionLog(slots: slots, logger: logger)
        state = DispatchState(slots: slots.map { SupervisedSlot(rules: rules($0)) })
    }

    package nonisolated var isAvailable: Bool { available.load(ordering: .relaxed) }

    // MARK: Requests

    func nextRequest() -> RequestID {
        nextID += 1
        return RequestID(nextID)
    }

    /// Has the slots of a route answer a call.
    ///
    /// - Parameters:
    ///   - id: a new one, or that of a call that was passed on.
    ///   - isLast: whether nobody is left to be asked after that.
    ///   - answer: what the client gets where none of them does, if others have
    ///     been asked before.
    /// - Throws: ``PassedOn`` where it is not the last and none of them answers.
    func dispatch(
        _ call: PredictionCall, as id: RequestID, on route: Route, isLast: Bool = true,
        after answer: HTTPProblem? = nil
    ) async throws -> PredictionReply {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(
                    id,
                    Pending(
                        call: call, continuation: continuation, submitted: clock.now, isLast: isLast,
                        answer: answer), on: route)
            }
        } onCancel: {
            Task { await self.drop(id, CancellationError()) }
        }
    }

    /// The answer to a text that was asked about before.
    func remembered(_ call: PredictionCall) -> PredictionReply? {
        guard let key = TextAnswers.Key(call.request), let json = texts.find(key, at: clock.now) else {
            return nil
        }
        let reply = PredictionReply(json: json, report: PredictionReport(durations: [.cache: .zero]))
        board.ended(call.request, .success(reply), after: .zero)
        return reply
    }

    private func submit(_ id: RequestID, _ entry: Pending, on route: Route) {
        guard !Task.isCancelled else { return entry.continuation.resume(throwing: CancellationError()) }
        var entry = entry
        let call = entry.call
        if let timeout = call.timeout {
            entry.timer = Task {
                guard (try? await Task.sleep(for: timeout)) != nil else { return }
                self.drop(id, HTTPProblem.timedOut)
            }
        }
        pending[id] = entry
        perform(
            state.submit(
                id, on: route, priority: call.priority, client: call.client, at: clock.now))
    }

    /// Ends a request that nobody waits for any more.
    private func drop(_ id: RequestID, _ error: any Error) {
        guard let entry = pending[id] else { return }
        finish(id, with: .failure(error))
        // The worker hears of it by its connection.
        entry.task?.cancel()
        perform(state.dropped(id, at: clock.now))
    }

    private func send(_ id: RequestID, to slot: Int) {
        guard let entry = pending[id], let worker = workers[slot] else { return }
        // What a service is still at that was given up is of no use any more.
        if let last = entry.slot, !slots[last].isLocal { entry.task?.cancel() }
        let waited = entry.submitted.duration(to: clock.now)
        // Not counted anew where the call was passed on: an answer to the former
        // attempt may still come.
        attempts += 1
        let attempt = attempts
        pending[id]?.attempts = attempt
        pending[id]?.slot = slot
        var call = entry.call
        call.timeout = call.timeout.map { max(.milliseconds(1), $0 - waited) }
        pending[id]?.task = Task { [call] in
            do {
                var reply = try await worker.predict(call)
                reply.report.durations[.queue, default: .zero] += waited
                self.answered(id, in: attempt, with: .success(reply))
            } catch let error as WorkerLost {
                logger.debug("Slot \(slot) broke off request \(id.number): \(error.cause)")
                self.lost(id, in: attempt)
            } catch let declined as ServiceDeclined {
                self.declined(id, in: attempt, by: slot, declined)
            } catch is CancellationError {
                // The request was dropped.
            } catch {
                self.answered(id, in: attempt, with: .failure(error))
            }
        }
    }

    private func answered(
        _ id: RequestID, in attempt: Int, with result: Result<PredictionReply, any Error>
    ) {
        guard let entry = pending[id] else { return }
        finish(id, with: result)
        // The answer was on its way when the worker died: running the request
        // again is for nothing.
        if attempt < entry.attempts { entry.task?.cancel() }
        perform(state.answered(id, at: clock.now))
    }

    private func lost(_ id: RequestID, in attempt: Int) {
        // That it lost a worker which is gone does not speak against its next one.
        guard pending[id]?.attempts == attempt else { return }
        state.lost(id, at: clock.now)
    }

    private func declined(
        _ id: RequestID, in attempt: Int, by slot: Int, _ declined: ServiceDeclined
    ) {
        guard pending[id]?.attempts == attempt else { return }
        logger.debug("Service \(slots[slot].device) declined request \(id.number): \(declined.reason)")
        pending[id]?.answer = declined.answer
        let reason = declined.isAboutRequest ? nil : declined.reason
        perform(state.declined(id, by: slot, reason: reason, at: clock.now))
    }

    /// Ends a request that no slot answers.
    private func fail(_ id: RequestID, _ failure: DispatchState.Failure) {
        guard let entry = pending[id] else { return }
        entry.task?.cancel()
        let isOver =
            switch failure {
            case .noSlot, .away: true
            case .crashed, .shutDown: false
            }
        let answer = (isOver ? entry.answer : nil) ?? HTTPProblem(failure)
        guard isOver, !entry.isLast else {
            if answer.status == .serviceUnavailable { board.givenUp(failure) }
            return finish(id, with: .failure(answer))
        }
        pending[id] = nil
        entry.timer?.cancel()
        if let slot = entry.slot { board.changed(.passedOn(id, slot: slot)) }
        entry.continuation.resume(throwing: PassedOn(answer: answer))
    }

    private func finish(_ id: RequestID, with result: Result<PredictionReply, any Error>) {
        guard let entry = pending.removeValue(forKey: id) else { return }
        entry.timer?.cancel()
        if case .success(let reply) = result, let key = TextAnswers.Key(entry.call.request) {
            texts.keep(reply.json, for: key, at: clock.now)
        }
        board.ended(entry.call.request, result, after: entry.submitted.duration(to: clock.now))
        entry.continuation.resume(with: result)
    }

    package func refused(status: Int) async { board.refused(status: status) }

    // MARK: Workers

    private func launch(_ slot: Int) {
        lives[slot] = Task {
            let ending = await launcher.run(slots[slot]) { worker in
                await self.started(slot, worker)
            } onEvent: { event in
                await self.handle(event, from: slot)
            }
            self.ended(slot, ending)
        }
    }

    private func started(_ slot: Int, _ worker: any Worker) {
        workers[slot] = worker
        board.started(slot, processID: worker.processID)
        // It was to be killed, or to stop, before it was there.
        if endings[slot] != nil { worker.kill() }
        if isShutDown { worker.stop() }
    }

    private func ended(_ slot: Int, _ death: Death) {
        workers[slot] = nil
        perform(state.died(slot: slot, endings.removeValue(forKey: slot) ?? death, at: clock.now))
        if slots[slot].isLocal, !workers.keys.contains(where: { slots[$0].isLocal }) { onIdle() }
    }

    private func handle(_ event: WorkerEvent, from slot: Int) async {
        let now = clock.now
        board.heard(event, from: slot)
        if case .model(let event) = event { await supply?.heard(event) }
        switch event {
        case .ready: perform(state.ready(slot: slot, at: now))
        case .unusable(let reason): endings[slot] = Death(.startFailed, "it cannot start: \(reason)")
        case .heartbeat(let call):
            let oldest = call.map { (what: $0.what, age: Duration.seconds($0.seconds)) }
            perform(state.heartbeat(slot: slot, oldestCall: oldest, at: now))
        case .model(.loading(let model)): state.loading(model, slot: slot, at: now)
        case .model(.loadFailed(let model, _)), .model(.unloaded(let model, _)):
            state.unloaded(model, slot: slot, at: now)
        case .model(.loaded(let model, _, _, _, _)): texts.forget(model)
        case .model(.trying), .model(.preparing), .model(.tried), .model(.fellBack): break
        }
    }

    // MARK: Actions

    private func perform(_ actions: [DispatchState.Action]) {
        for action in actions {
            switch action {
            case .launch(let slot): launch(slot)
            case .send(let id, let slot): send(id, to: slot)
            case .kill(let slot, let reason):
                let address = slots[slot].service
                endings[slot] = Death(.silent, address.map { "\($0) does not answer (\(reason))" } ?? reason)
                workers[slot]?.kill()
            case .stop(let slot): workers[slot]?.stop()
            case .fail(let id, let failure): fail(id, failure)
            case .log(let transition):
                log.write(transition, state)
                board.changed(transition)
            }
        }
        available.store(state.isAvailable, ordering: .relaxed)
    }

    // MARK: Life

    private var isShutDown = false

    /// Starts the workers that have models to load, and watches over all until
    /// the task is cancelled; then ends them.
    ///
    /// - Parameter preload: models to load at the start. They are fetched first,
    ///   except for those that no slot of this machine may run.
    package func run(preload: [ModelID]) async {
        // Services are asked before anybody wants them.
        tick()
        let preload = preload.filter { routes.route(of: $0).all.contains { slots[$0].isLocal } }
        let warming = Task {
            guard !preload.isEmpty else { return }
            // One that cannot be had keeps none of the others.
            for id in preload { try? await supply?.ensure([id]) }
            guard !Task.isCancelled else { return }
            warm()
        }
        while (try? await clock.sleep(for: .seconds(1))) != nil { tick() }
        warming.cancel()
        await supply?.shutDown()
        await shutDown()
    }

    private func warm() {
        for slot in slots.indices where slots[slot].isLocal {
            perform(state.warm(slot: slot, at: clock.now))
        }
    }

    /// Does what is due.
    package func tick() {
        perform(state.tick(at: clock.now))
        weigh()
    }

    /// Has workers replaced that take more memory than they may.
    private func weigh() {
        guard let limit = limits.workerBytes else { return }
        for (slot, worker) in workers {
            guard state.slots[slot].isRunning, !state.slots[slot].isOverweight, let id = worker.processID,
                let memory = memory.memory(of: id), memory.anonymousBytes > limit
            else { continue }
            logger.warning(
                """
                Worker \(slot) takes \(memory.anonymousBytes >> 20) MiB of memory, more than \(limit >> 20) MiB \
                (FOVEA_WORKER_MEMORY): it is replaced once it has answered what it has
                """)
            perform(state.overweight(slot: slot, at: clock.now))
        }
    }

    private func shutDown() async {
        isShutDown = true
        perform(state.shutDown(at: clock.now))
        let killer = Task {
            guard (try? await Task.sleep(for: .seconds(2))) != nil else { return }
            for worker in self.workers.values { worker.kill() }
        }
        for life in lives.values { await life.value }
        killer.cancel()
    }

    // MARK: What is asked of it

    /// How the service is right now.
    var health: HealthReport {
        get async {
            var report = board.health(state, load: load(), limits: limits)
            report.downloads = await supply?.downloads
            return report
        }
    }
}
