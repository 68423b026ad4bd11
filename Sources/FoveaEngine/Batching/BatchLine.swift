import FoveaBackends
import FoveaCore
import Logging

/// Carries out what a ``BatchQueue`` decides: has requests of different clients
/// share runs of one session.
actor BatchLine {
    private struct Pending {
        let inputs: [Tensor]
        let continuation: CheckedContinuation<[Tensor], any Error>
        let trace: PredictionTrace?
        let priority: WorkPriority
        let since: SuspendingClock.Instant
    }

    private let session: any ModelSession
    private let model: ModelID
    /// Where tensors are joined and split.
    private let pool: BlockingPool
    private let logger: Logger
    private let clock = SuspendingClock()
    private var queue: BatchQueue
    private var pending: [BatchQueue.Ticket: Pending] = [:]
    /// Runs under way, by one of their tickets, and who is in them.
    private var runs: [BatchQueue.Ticket: (members: Set<BatchQueue.Ticket>, task: Task<Void, Never>)] = [:]
    private var nextNumber: UInt64 = 0
    /// Whether shared runs answer as single ones do; `nil` before the first one.
    private var agrees: Bool?

    init(
        _ session: any ModelSession, of model: ModelID, rules: BatchRules, pool: BlockingPool, logger: Logger
    ) {
        self.session = session
        self.model = model
        self.pool = pool
        self.logger = logger
        queue = BatchQueue(rules)
    }

    /// Requests that wait or run.
    var load: Int { pending.count }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        guard agrees != false else { return try await session.run(inputs) }
        nextNumber += 1
        let ticket = BatchQueue.Ticket(nextNumber)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { submit(ticket, inputs, $0) }
        } onCancel: {
            Task { await self.drop(ticket) }
        }
    }

    private func submit(
        _ ticket: BatchQueue.Ticket, _ inputs: [Tensor],
        _ continuation: CheckedContinuation<[Tensor], any Error>
    ) {
        guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
        let now = clock.now
        pending[ticket] = Pending(
            inputs: inputs, continuation: continuation, trace: .current, priority: .current, since: now)
        perform(queue.add(ticket, shapes: inputs.map(\.shape), priority: .current, at: now))
    }

    private func drop(_ ticket: BatchQueue.Ticket) {
        guard let entry = pending.removeValue(forKey: ticket) else { return }
        queue.drop(ticket)
        entry.continuation.resume(throwing: CancellationError())
        for run in runs.values
        where run.members.contains(ticket) && run.members.allSatisfy({ pending[$0] == nil }) {
            run.task.cancel()
        }
    }

    private func perform(_ actions: [BatchQueue.Action]) {
        for action in actions {
            switch action {
            case .run(let tickets): begin(tickets)
            case .wake(let deadline):
                Task { [weak self, clock] in
                    try? await clock.sleep(until: deadline)
                    await self?.wake()
                }
            }
        }
    }

    private func wake() { perform(queue.next(at: clock.now)) }

    private func begin(_ tickets: [BatchQueue.Ticket]) {
        let members = tickets.compactMap { ticket in pending[ticket].map { (ticket, $0) } }
        guard let (key, head) = members.first else { return ended() }
        // Detached: it works for all of them, and must not be one's own work in
        // the reports.
        let task = Task.detached {
            await WorkPriority.$current.withValue(head.priority) {
                await self.run(members.map(\.1.inputs), for: members.map(\.0), key)
            }
        }
        runs[key] = (Set(members.map(\.0)), task)
    }

    private func forget(_ key: BatchQueue.Ticket) {
        runs[key] = nil
        ended()
    }

    private func ended() { perform(queue.ended(at: clock.now)) }

    private func run(
        _ inputs: [[Tensor]], for tickets: [BatchQueue.Ticket], _ key: BatchQueue.Ticket
    ) async {
        let begun = clock.now
        defer { forget(key) }
        do {
            let answers =
                inputs.count == 1
                ? [try await session.run(inputs[0])] : try await runTogether(inputs)
            let rows = inputs.reduce(0) { $0 + ($1.first?.shape.first ?? 1) }
            for (ticket, answer) in zip(tickets, answers) {
                finish(ticket, .success(answer), begun, rows: rows)
            }
        } catch {
            for ticket in tickets { finish(ticket, .failure(error), begun, rows: 0) }
        }
    }

    private func finish(
        _ ticket: BatchQueue.Ticket, _ result: Result<[Tensor], any Error>,
        _ begun: SuspendingClock.Instant, rows: Int
    ) {
        guard let entry = pending.removeValue(forKey: ticket) else { return }
        entry.trace?.add(entry.since.duration(to: begun), to: .queue)
        entry.trace?.add(begun.duration(to: clock.now), to: .run)
        if rows > 0 { entry.trace?.addRun(of: model, on: session.placement, batch: rows) }
        entry.continuation.resume(with: result)
    }

    /// Runs requests together; each alone where that failed or is not to be
    /// trusted.
    private func runTogether(_ inputs: [[Tensor]]) async throws -> [[Tensor]] {
        if agrees != false {
            do {
                if let answers = try await runJoined(inputs) {
                    if agrees == true { return answers }
                    let alone = try await runAlone(inputs)
                    agrees = zip(answers, alone).allSatisfy { BatchAgreement.agree($0, $1) }
                    if agrees == false { tell("answers differ in company") }
                    return alone
                }
                agrees = false
                tell("its outputs do not have a part for each picture")
            } catch let error as FoveaError where error.code == .engineFailed {
                agrees = false
                tell(error.message)
            }
        }
        return try await runAlone(inputs)
    }

    private func tell(_ reason: String) {
        logger.notice("Requests for \(model) run one by one on \(session.placement.device): \(reason)")
    }

    private func runAlone(_ inputs: [[Tensor]]) async throws -> [[Tensor]] {
        var answers: [[Tensor]] = []
        for inputs in inputs { answers.append(try await session.run(inputs)) }
        return answers
    }

    /// - Returns: the outputs of each; `nil` where they cannot be told apart.
    private func runJoined(_ inputs: [[Tensor]]) async throws -> [[Tensor]]? {
        let rows = inputs.map { $0.first?.shape.first ?? 1 }
        let joined = try await pool.run {
            inputs[0].indices.map { index in Tensor.joined(inputs.map { $0[index] }) }
        }
        let outputs = try await session.run(joined)
        return try await pool.run {
            var answers = [[Tensor]](repeating: [], count: inputs.count)
            for output in outputs {
                guard let parts = output.split(rows) else { return nil }
                for (index, part) in parts.enumerated() { answers[index].append(part) }
            }
            return answers
        }
    }
}
