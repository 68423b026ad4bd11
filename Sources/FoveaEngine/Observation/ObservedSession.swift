import FoveaBackends
import FoveaCore
import Synchronization

/// A session whose runs go into the request's report and into the ledger of
/// native calls.
final class ObservedSession: ModelSession {
    let placement: Placement
    let shapes: ShapeSupport
    private let base: any ModelSession
    private let model: ModelID
    private let calls: NativeCalls
    /// Shapes that ran, where each new one may be compiled.
    private let seen = Mutex<Set<[[Int]]>>([])
    /// One shape is compiled at a time: several at once take the memory of
    /// all, and some compilers do not survive it.
    private let compiling = Turnstile(width: 1)

    init(
        base: any ModelSession, placement: Placement, shapes: ShapeSupport, model: ModelID, calls: NativeCalls
    ) {
        self.base = base
        self.placement = placement
        self.shapes = shapes
        self.model = model
        self.calls = calls
    }

    var inputs: [TensorInfo] { base.inputs }
    var outputs: [TensorInfo] { base.outputs }
    var metadata: [String: String] { base.metadata }
    var operators: [String: Int] { base.operators }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        let outputs = try await runNoted(inputs)
        PredictionTrace.current?.addRun(of: model, on: placement, batch: inputs.first?.shape.first ?? 1)
        return outputs
    }

    private func runNoted(_ inputs: [Tensor]) async throws -> [Tensor] {
        let shape = inputs.map(\.shape)
        guard base.shapes == .few, !hasSeen(shape) else { return try await note(inputs) }
        return try await compiling.pass {
            // Whoever was first here may have brought the same.
            guard !hasSeen(shape) else { return try await note(inputs) }
            let outputs = try await note(inputs, mayTakeLong: true)
            seen.withLock { _ = $0.insert(shape) }
            return outputs
        }
    }

    private func hasSeen(_ shape: [[Int]]) -> Bool { seen.withLock { $0.contains(shape) } }

    private func note(_ inputs: [Tensor], mayTakeLong: Bool = false) async throws -> [Tensor] {
        try await calls.noting("run \(model)", mayTakeLong: mayTakeLong) { try await base.run(inputs) }
    }
}
