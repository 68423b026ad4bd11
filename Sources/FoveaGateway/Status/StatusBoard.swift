package import FoveaCore
package import FoveaMetrics
package import FoveaServer
package import Foundation
import HTTPTypes

/// What the gateway knows to tell: the counters, and what each slot's worker
/// last said.
///
/// A value; ``Gateway`` keeps it and tells it what happens.
package struct StatusBoard: Sendable {
    /// What one slot's worker is known to be.
    fileprivate struct Entry {
        var processID: Int32?
        var since: Date
        var engine: String?
        /// In the order they were first loaded.
        var models: [HealthReport.Model] = []
        /// Models that run elsewhere than they should.
        var fallbacks: [HealthReport.Fallback] = []
        /// Models that are being compared on a device that is new to them.
        var trials: [HealthReport.Trial] = []
    }

    private var metrics: ServiceMetrics
    private var entries: [Entry]
    private let slots: [Slot]
    private let memory: any ProcessMemoryReader
    private let now: @Sendable () -> Date

    /// - Parameter now: the time of day.
    package init(
        slots: [Slot], memory: any ProcessMemoryReader = ProcFileSystem(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.slots = slots
        self.memory = memory
        self.now = now
        metrics = ServiceMetrics(startTime: now())
        entries = slots.map { _ in Entry(since: now()) }
    }
}

// MARK: What happens

extension StatusBoard {
    /// A request ended, with an answer or without.
    package mutating func ended(
        _ request: PredictionRequest, _ result: Result<PredictionReply, any Error>, after duration: Duration
    ) {
        let task = RequestTask(request)
        switch result {
        case .success(let reply):
            metrics.requestAnswered(task, status: 200, duration: duration, report: reply.report)
        case .failure(is CancellationError): metrics.requestCancelled(task)
        case .failure(let error):
            let problem = HTTPProblem(error)
            if problem.status == .gatewayTimeout { metrics.deadlineExceeded(task) }
            metrics.requestAnswered(task, status: problem.status.code, duration: duration)
        }
    }

    /// A request was refused before it was known what it is about.
    package mutating func refused(status: Int) {
        if status == 429 { metrics.requestRejected(.queueDepth) }
        metrics.requestAnswered(.unknown, status: status, duration: .zero)
    }

    /// A request ends without a worker's answer; ``ended(_:_:after:)`` follows.
    package mutating func givenUp(_ failure: DispatchState.Failure) {
        switch failure {
        case .crashed: break
        case .noSlot, .away: metrics.requestRejected(.noSlot)
        case .shutDown: metrics.requestRejected(.stopping)
        }
    }

    package mutating func started(_ slot: Int, processID: Int32?) {
        entries[slot].processID = processID
    }

    /// A worker said something.
    package mutating func heard(_ event: WorkerEvent, from slot: Int) {
        switch event {
        case .ready(let engine): entries[slot].engine = engine
        case .unusable, .heartbeat: break
        case .model(let event): heard(event, from: slot)
        }
    }

    private mutating func heard(_ event: EngineEvent, from slot: Int) {
        switch event {
        case .loading(let id): entries[slot].set(HealthReport.Model(id, state: .loading))
        case .loaded(let id, let placement, let bytes, let took, _):
            entries[slot].set(HealthReport.Model(id, state: .loaded, placement: placement, bytes: bytes))
            if placement.wanted == nil { entries[slot].fallbacks.removeAll { $0.id == id } }
            metrics.modelLoaded(id, slot: slot, duration: took)
        case .loadFailed(let id, let message):
            entries[slot].set(HealthReport.Model(id, state: .failed, lastError: message))
            metrics.modelLoadFailed(id.task, id.type, slot: slot)
        case .unloaded(let id, _): entries[slot].models.removeAll { $0.id == id }
        case .trying(let id, let device): entries[slot].trials.append(HealthReport.Trial(id, device: device))
        case .preparing(let id, let device, let done, let total):
            guard let index = entries[slot].trials.firstIndex(where: { $0.id == id && $0.device == device })
            else { return }
            entries[slot].trials[index].prepared = done
            entries[slot].trials[index].toPrepare = total
        case .tried(let id, let device, let passed, let duration):
            entries[slot].trials.removeAll { $0.id == id && $0.device == device }
            metrics.deviceTried(id, device: device, passed: passed, duration: duration)
        case .fellBack(let id, let wanted, let device, let reason):
            let isNew = !entries[slot].fallbacks.contains { $0.id == id && $0.reason == reason }
            entries[slot].fallbacks.removeAll { $0.id == id }
            entries[slot].fallbacks.append(
                HealthReport.Fallback(id, wanted: wanted, device: device, reason: reason))
            if isNew { metrics.modelFellBack(id, wanted: wanted, device: device) }
        }
    }

    package mutating func changed(_ transition: DispatchState.Transition) {
        switch transition {
        case .starting(let slot), .ready(let slot), .stopping(let slot): entries[slot].since = now()
        case .stopped(let slot): entries[slot] = Entry(since: now())
        case .died(let slot, let death, _):
            entries[slot] = Entry(since: now())
            metrics.workerRestarted(slot: slot, death.restartReason)
        case .retrying(_, let slot): metrics.requestRetried(slot: slot, .workerExited)
        case .passedOn(_, let slot): metrics.requestRetried(slot: slot, .passedOn)
        case .failed(let slot, _): entries[slot].since = now()
        case .killing: break
        }
    }
}

extension StatusBoard.Entry {
    fileprivate mutating func set(_ model: HealthReport.Model) {
        // Failed loads of names that come from anyone are not kept without end.
        models.removeAll { $0.id == model.id }
        if models.count >= 64, let oldest = models.firstIndex(where: { $0.state == .failed }) {
            models.remove(at: oldest)
        }
        models.append(model)
    }
}

// MARK: What is told

extension StatusBoard {
    /// - Parameters:
    ///   - state: the slots as they are.
    ///   - load: what is held in memory of requests.
    package func health(
        _ state: DispatchState, load: (requests: Int, bytes: Int), limits: Limits
    ) -> HealthReport {
        let depths = Dictionary(
            uniqueKeysWithValues: RequestPriority.allCases.map { ($0, state.queue.count(of: $0)) })
        return HealthReport(
            uptime: .seconds(now().timeIntervalSince(metrics.startTime)),
            memory: memory.memory(of: getpid()),
            slots: zip(slots, zip(state.slots, entries)).map { slot, pair in
                let (supervised, entry) = pair
                return HealthReport.Slot(
                    index: slot.index, device: slot.device, state: supervised.healthState,
                    pid: entry.processID, since: entry.since, lastError: supervised.lastError,
                    restarts: supervised.restarts, memory: entry.processID.flatMap(memory.memory),
                    running: supervised.running, models: entry.models,
                    trials: entry.trials)
            },
            fallbacks: entries.flatMap(\.fallbacks),
            queue: HealthReport.Queue(
                depths: depths, bytes: load.bytes, running: state.running,
                limits: HealthReport.Queue.Limits(
                    depth: limits.queueRequests, bytes: limits.queueBytes,
                    running: state.slots.reduce(0) { $0 + $1.rules.capacity })))
    }

    package func prometheusText(_ health: HealthReport) -> String { metrics.prometheusText(health) }
}

extension SupervisedSlot {
    fileprivate var healthState: SlotState {
        // Whether a service is being asked again this moment is nobody's business.
        if isAway { return .restarting }
        return switch phase {
        case .stopped: .stopped
        case .starting: .starting
        case .running: .running
        case .stopping: .draining
        case .resting: .restarting
        case .failed: .failed
        }
    }
}
