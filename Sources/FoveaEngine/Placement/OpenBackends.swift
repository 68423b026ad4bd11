import FoveaBackends
import FoveaCore
import Synchronization

/// The engines that were opened, by device and precision.
final class OpenBackends: Sendable {
    private let open: @Sendable (Candidate) throws -> any Backend
    private let backends = Mutex<[Candidate: any Backend]>([:])
    /// Opening libraries blocks, and some do not like company.
    private let pool = BlockingPool(name: "open", width: 1)

    init(_ open: @escaping @Sendable (Candidate) throws -> any Backend) { self.open = open }

    /// - Throws: what opening throws; it is tried again the next time.
    func backend(for candidate: Candidate) async throws -> any Backend {
        // The copy is another graph, and not another engine.
        let candidate = candidate == .quantized ? .reference : candidate
        if let backend = opened(candidate) { return backend }
        return try await pool.run { [self] in
            if let backend = opened(candidate) { return backend }
            let backend = try open(candidate)
            backends.withLock { $0[candidate] = backend }
            return backend
        }
    }

    private func opened(_ candidate: Candidate) -> (any Backend)? {
        backends.withLock { $0[candidate] }
    }

    func trimMemory() {
        for backend in backends.withLock({ Array($0.values) }) { backend.trimMemory() }
    }
}
