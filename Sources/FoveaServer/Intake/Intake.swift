import Synchronization

/// Lets bodies in as ``IntakeState`` decides.
package final class Intake: Sendable {
    private struct Guarded {
        var state: IntakeState
        var paused: [IntakeState.ID: CheckedContinuation<Void, Never>] = [:]
    }

    private let guarded: Mutex<Guarded>
    private let rejects: Bool

    /// - Parameter rejects: whether a request that finds no room is refused
    ///   instead of kept waiting.
    package init(maximumRequests: Int, maximumBytes: Int, rejects: Bool) {
        guarded = Mutex(
            Guarded(state: IntakeState(maximumRequests: maximumRequests, maximumBytes: maximumBytes)))
        self.rejects = rejects
    }

    /// As the settings say.
    package convenience init(_ settings: Settings) {
        self.init(
            maximumRequests: settings.limits.queueRequests, maximumBytes: settings.limits.queueBytes,
            rejects: settings.rejectsOverload)
    }

    /// Requests held and bytes of bodies, right now.
    package var load: (requests: Int, bytes: Int) {
        guarded.withLock { ($0.state.requests, $0.state.bytes) }
    }

    /// Lets one request in. ``Pass/end()`` must follow.
    ///
    /// - Throws: 429 where there is no room and requests are not to wait.
    package func begin() throws(HTTPProblem) -> Pass {
        let id: IntakeState.ID? = guarded.withLock { guarded in
            rejects && guarded.state.isFull ? nil : guarded.state.begin()
        }
        guard let id else { throw .overloaded }
        return Pass(intake: self, id: id)
    }

    /// One request's way in.
    package struct Pass: Sendable {
        fileprivate let intake: Intake
        fileprivate let id: IntakeState.ID

        /// Waits until `count` more bytes may be kept.
        ///
        /// - Throws: 429 where there is no room and requests are not to wait.
        package func take(_ count: Int) async throws(HTTPProblem) { try await intake.take(count, id) }

        /// The body is whole.
        package func complete() { intake.resume { [id] in $0.complete(id) } }

        /// The request was answered, or its client has gone.
        package func end() { intake.resume { [id] in $0.end(id) } }
    }

    private func take(_ count: Int, _ id: IntakeState.ID) async throws(HTTPProblem) {
        let decision = guarded.withLock { $0.state.arrive(count, of: id) }
        guard decision == .pause else { return }
        if rejects { throw .overloaded }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Between the decision and this line the pause may have ended.
                let goesOn = guarded.withLock { guarded in
                    guard guarded.state.isPaused(id), !Task.isCancelled else { return true }
                    guarded.paused[id] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            guarded.withLock { $0.paused.removeValue(forKey: id) }?.resume()
        }
    }

    fileprivate func resume(_ change: (inout IntakeState) -> [IntakeState.ID]) {
        let continuations = guarded.withLock { guarded in
            change(&guarded.state).compactMap { guarded.paused.removeValue(forKey: $0) }
        }
        for continuation in continuations { continuation.resume() }
    }
}
