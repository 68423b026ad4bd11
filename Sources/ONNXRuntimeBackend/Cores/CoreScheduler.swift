import FoveaCore
import Synchronization

/// Gives the runs of all sessions on the processor their turn and their width,
/// as ``CoreQueue`` decides. Whoever waits blocks no thread; the wait is
/// reported as ``PredictionReport/Phase/queue``.
final class CoreScheduler: Sendable {
    /// What a run was given.
    struct Turn: Sendable {
        var width: CoreQueue.Width
        /// Whether there is more to do than the processor takes at once.
        var isBusy: Bool
    }

    private struct State {
        var queue: CoreQueue
        var waiting: [UInt64: CheckedContinuation<CoreQueue.Width, any Error>] = [:]
        /// Whose turn came before they could wait for it.
        var early: [UInt64: CoreQueue.Width] = [:]
        var next: UInt64 = 0
    }

    private let state: Mutex<State>

    init(_ rules: CoreRules) { state = Mutex(State(queue: CoreQueue(rules))) }

    /// A number for a new session.
    func newSession() -> UInt64 {
        state.withLock { state in
            state.next += 1
            return state.next
        }
    }

    /// Runs `body` when its turn has come.
    ///
    /// - Throws: what `body` throws, or `CancellationError` if the task was
    ///   cancelled before its turn came.
    func pass<Result: Sendable>(
        session: UInt64, canBeNarrow: Bool, isLarge: Bool, _ body: (Turn) async throws -> Result
    ) async throws -> Result {
        let (ticket, width) = state.withLock { state in
            state.next += 1
            let ticket = state.next
            let starts = state.queue.add(
                .init(
                    ticket: ticket, session: session, canBeNarrow: canBeNarrow, isLarge: isLarge,
                    priority: .current))
            // Nobody else can start by this one's coming.
            return (ticket, starts.first { $0.ticket == ticket }?.width)
        }
        let turn: Turn
        if let width {
            turn = Turn(width: width, isBusy: width == .narrow)
        } else {
            turn = Turn(width: try await wait(ticket), isBusy: true)
        }
        defer { tell { $0.ended(ticket) } }
        return try await body(turn)
    }

    private func wait(_ ticket: UInt64) async throws -> CoreQueue.Width {
        WorkObservation.current?.workWaits()
        let began = SuspendingClock.now
        defer { PredictionTrace.current?.add(began.duration(to: .now), to: .queue) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<CoreQueue.Width, any Error>? = state.withLock { state in
                    if let width = state.early.removeValue(forKey: ticket) { return .success(width) }
                    state.waiting[ticket] = continuation
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
                // Cancelled before there was anything to cancel.
                if Task.isCancelled { cancel(ticket) }
            }
        } onCancel: {
            cancel(ticket)
        }
    }

    /// One whose turn has come already goes on, and finds itself cancelled.
    private func cancel(_ ticket: UInt64) {
        let continuation = state.withLock { state in state.waiting.removeValue(forKey: ticket) }
        guard let continuation else { return }
        tell { $0.drop(ticket) }
        continuation.resume(throwing: CancellationError())
    }

    private func tell(_ event: (inout CoreQueue) -> [CoreQueue.Start]) {
        let ready = state.withLock { state in
            event(&state.queue).compactMap { start in
                guard let continuation = state.waiting.removeValue(forKey: start.ticket) else {
                    state.early[start.ticket] = start.width
                    return nil as (CheckedContinuation<CoreQueue.Width, any Error>, CoreQueue.Width)?
                }
                return (continuation, start.width)
            }
        }
        for (continuation, width) in ready { continuation.resume(returning: width) }
    }
}
