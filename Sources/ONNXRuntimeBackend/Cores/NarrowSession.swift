import FoveaCore
import Synchronization

/// A second session of a packed model, of few threads, for times of load.
///
/// Its weights are the same mapped file's, so it costs little but the time to
/// open it, which nobody waits for.
final class NarrowSession: Sendable {
    private enum State {
        case closed
        case opening
        case open(NativeHandle)
        case failed
    }

    // First, and so released first: the closure holds the environment, with
    // which libraries go whose code ends sessions.
    private let state = Mutex(State.closed)
    private let pool: BlockingPool
    private let open: @Sendable () throws -> NativeHandle

    /// - Parameter open: blocks while the session opens.
    init(on pool: BlockingPool, _ open: @escaping @Sendable () throws -> NativeHandle) {
        self.pool = pool
        self.open = open
    }

    /// `nil` until it is open.
    var handle: NativeHandle? {
        state.withLock { if case .open(let handle) = $0 { handle } else { nil } }
    }

    /// Begins to open it, unless that was done. Where it fails, the model runs
    /// wide, as it did before.
    func openSoon() {
        let isNew = state.withLock { state in
            guard case .closed = state else { return false }
            state = .opening
            return true
        }
        guard isNew else { return }
        Task {
            let handle = try? await pool.run { [open] in try open() }
            state.withLock { $0 = handle.map(State.open) ?? .failed }
        }
    }
}
