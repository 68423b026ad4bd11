import Synchronization

/// Doors, open unless a test closes them.
final class Gates: Sendable {
    private struct State {
        var closed: Set<String> = []
        var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
    }

    private let state = Mutex(State())

    func close(_ name: String) { state.withLock { _ = $0.closed.insert(name) } }

    func open(_ name: String) {
        let waiting = state.withLock { state in
            state.closed.remove(name)
            return state.waiting.removeValue(forKey: name) ?? []
        }
        for continuation in waiting { continuation.resume() }
    }

    func pass(_ name: String) async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                guard state.closed.contains(name) else { return true }
                state.waiting[name, default: []].append(continuation)
                return false
            }
            if isOpen { continuation.resume() }
        }
    }
}
