import Synchronization

/// Lets one task sleep, and others wake it.
final class Alarm: Sendable {
    private struct State {
        var sleeper: Task<Void, Never>?
        /// It rang while nobody slept.
        var hasRung = false
    }

    private let state = Mutex(State())

    /// Returns when the time has passed, the alarm rings or has rung since the
    /// last time, or the task is cancelled.
    func sleep(for time: Duration) async {
        let sleeper = Task { _ = try? await Task.sleep(for: time) }
        state.withLock { state in
            if state.hasRung { sleeper.cancel() }
            state = State(sleeper: sleeper)
        }
        await withTaskCancellationHandler {
            await sleeper.value
        } onCancel: {
            sleeper.cancel()
        }
        state.withLock { $0.sleeper = nil }
    }

    func ring() {
        state.withLock { state in
            guard let sleeper = state.sleeper else { return state.hasRung = true }
            sleeper.cancel()
        }
    }
}
