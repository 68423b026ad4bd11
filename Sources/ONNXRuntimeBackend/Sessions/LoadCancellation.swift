import Synchronization

/// Ends a load from another thread, whether or not it has begun.
final class LoadCancellation: Sendable {
    private struct State {
        var isCancelled = false
        var options: SessionOptions?
    }

    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// A load begins that uses these options.
    func load(with options: SessionOptions) {
        let isCancelled = state.withLock { state in
            state.options = options
            return state.isCancelled
        }
        if isCancelled { options.cancelLoading() }
    }

    func cancel() {
        let options = state.withLock { state in
            state.isCancelled = true
            return state.options
        }
        options?.cancelLoading()
    }
}
