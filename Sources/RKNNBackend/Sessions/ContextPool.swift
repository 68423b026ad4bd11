import Synchronization

/// Contexts that nobody uses, taken in turn.
final class ContextPool: Sendable {
    private let free: Mutex<[RKNNContext]>
    let count: Int

    init(_ contexts: [RKNNContext]) {
        free = Mutex(contexts)
        count = contexts.count
    }

    /// Lends the context that was idle longest; `nil` if all are in use.
    func withContext<Result>(_ body: (RKNNContext) throws -> Result) rethrows -> Result? {
        let taken = free.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let taken else { return nil }
        defer { free.withLock { $0.append(taken) } }
        return try body(taken)
    }
}
