package import FoveaCore

/// Decides which requests for one model share a run, and when it begins.
///
/// While the device is idle nothing waits. While it is busy, requests gather,
/// and as many as fit run together: those that somebody waits for first, then
/// in the order in which they came.
package struct BatchQueue: Sendable {
    package typealias Instant = SuspendingClock.Instant

    package struct Ticket: Hashable, Sendable {
        package var number: UInt64

        package init(_ number: UInt64) { self.number = number }
    }

    package enum Action: Hashable, Sendable {
        /// Run these together.
        case run([Ticket])
        /// Ask again then, if nothing else happens before.
        case wake(at: Instant)
    }

    private struct Waiting {
        var ticket: Ticket
        /// The inputs' shapes without their rows: only equal ones can share a run.
        var form: [[Int]]
        var rows: Int
        var priority: WorkPriority
        var since: Instant

        var valuesPerRow: Int { form.reduce(0) { $0 + $1.reduce(1, *) } }
    }

    package let rules: BatchRules
    /// In the order in which they came.
    private var waiting: [Waiting] = []
    private var running = 0

    package init(_ rules: BatchRules) { self.rules = rules }

    /// A request has come.
    ///
    /// - Parameter shapes: of its inputs, rows first.
    package mutating func add(
        _ ticket: Ticket, shapes: [[Int]], priority: WorkPriority, at now: Instant
    ) -> [Action] {
        waiting.append(
            Waiting(
                ticket: ticket, form: shapes.map { Array($0.dropFirst()) }, rows: shapes.first?.first ?? 1,
                priority: priority, since: now))
        return next(at: now)
    }

    /// A run has ended.
    package mutating func ended(at now: Instant) -> [Action] {
        running -= 1
        return next(at: now)
    }

    /// Nobody wants the request any more; one that runs already is not known
    /// here.
    package mutating func drop(_ ticket: Ticket) { waiting.removeAll { $0.ticket == ticket } }

    /// What can begin now.
    package mutating func next(at now: Instant) -> [Action] {
        var actions: [Action] = []
        while running < rules.runs, let head = WorkPriority.allCases.lazy.compactMap(first).first {
            let (batch, isFull) = batch(with: head)
            let deadline = head.since + rules.patience
            if running > 0, !isFull, head.priority != .high, now < deadline {
                actions.append(.wake(at: deadline))
                break
            }
            let tickets = batch.map(\.ticket)
            waiting.removeAll { tickets.contains($0.ticket) }
            running += 1
            actions.append(.run(tickets))
        }
        return actions
    }

    private func first(_ priority: WorkPriority) -> Waiting? { waiting.first { $0.priority == priority } }

    /// What runs with a request, itself first.
    private func batch(with head: Waiting) -> (batch: [Waiting], isFull: Bool) {
        let limit = rules.limit(valuesPerRow: head.valuesPerRow)
        var candidates = [head]
        for priority in WorkPriority.allCases {
            candidates += waiting.filter {
                $0.priority == priority && $0.form == head.form && $0.ticket != head.ticket
            }
        }
        var batch: [Waiting] = []
        var rows = 0
        var best = 1
        var bestRows = head.rows
        for candidate in candidates where rows == 0 || rows + candidate.rows <= limit {
            batch.append(candidate)
            rows += candidate.rows
            if rules.ladder.isEmpty || rules.ladder.contains(rows) { (best, bestRows) = (batch.count, rows) }
        }
        return (Array(batch.prefix(best)), bestRows >= limit)
    }
}
