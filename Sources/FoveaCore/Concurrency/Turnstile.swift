import Synchronization

/// Lets a number of tasks through at a time; the others wait, first come first
/// served, without blocking a thread. The wait is reported as
/// ``PredictionReport/Phase/queue``.
package final class Turnstile: Sendable {
    private struct State {
        var free: Int
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextTicket: UInt64 = 0
    }

    private let state: Mutex<State>

    /// - Parameter width: how many may be inside at the same time. At least 1.
    package init(width: Int) { state = Mutex(State(free: max(1, width))) }

    /// Runs `body` when its turn has come.
    ///
    /// - Throws: what `body` throws, or `CancellationError` if the task was
    ///   cancelled before its turn came.
    package func pass<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        let ticket: UInt64? = state.withLock { state in
            guard state.free == 0 else {
                state.free -= 1
                return nil
            }
            state.nextTicket += 1
            return state.nextTicket
        }
        guard let ticket else { return }
        WorkObservation.current?.workWaits()
        let began = SuspendingClock.now
        defer { PredictionTrace.current?.add(began.duration(to: .now), to: .queue) }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    // Somebody may have left since the ticket was drawn.
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }
                    .map { state.waiting.remove(at: $0).continuation }
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
