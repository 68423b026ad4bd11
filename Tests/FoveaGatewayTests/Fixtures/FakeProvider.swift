import FoveaCore
import FoveaGateway
import Synchronization

/// Fetches and repairs as a test says, one model.
final class FakeProvider: ModelProvider {
    private struct State {
        var isThere: Bool
        var fetches = 0
        var repairs = 0
        var uses = 0
        var isCancelled = false
        var progress: (@Sendable (FetchProgress) -> Void)?
        var end: Result<Void, any Error>?
    }

    private let state: Mutex<State>

    init(isThere: Bool = false) { state = Mutex(State(isThere: isThere)) }

    var fetches: Int { state.withLock { $0.fetches } }
    var uses: Int { state.withLock { $0.uses } }
    var repairs: Int { state.withLock { $0.repairs } }
    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func tell(_ progress: FetchProgress) { state.withLock { $0.progress }?(progress) }
    func finish() { state.withLock { $0.end = .success(()) } }
    func finish(throwing error: any Error) { state.withLock { $0.end = .failure(error) } }

    func has(_ id: ModelID) -> Bool { state.withLock { $0.isThere } }

    func fetch(_ id: ModelID, progress: @escaping @Sendable (FetchProgress) -> Void) async throws {
        state.withLock {
            $0.fetches += 1
            $0.progress = progress
        }
        try await end()
        state.withLock { $0.isThere = true }
    }

    func repair(_ id: ModelID, progress: @escaping @Sendable (FetchProgress) -> Void) async throws -> Bool {
        state.withLock { $0.repairs += 1 }
        try await end()
        return true
    }

    func used(_ id: ModelID) { state.withLock { $0.uses += 1 } }

    private func end() async throws {
        while true {
            if Task.isCancelled {
                state.withLock { $0.isCancelled = true }
                throw CancellationError()
            }
            if let end = state.withLock({ $0.end }) { return try end.get() }
            await Task.yield()
        }
    }
}
