package import FoveaBackends
package import FoveaCore

/// A model in the NPU's memory.
///
/// Releasing the last reference frees it.
package final class RKNNSession: ModelSession {
    private let path: String
    private let signature: GraphSignature
    private let contexts: ContextPool
    private let runs: BlockingPool
    /// As many runs as there are contexts: none has to wait for one on a
    /// thread.
    private let gate: Turnstile

    init(path: String, signature: GraphSignature, contexts: [RKNNContext], runs: BlockingPool) {
        self.path = path
        self.signature = signature
        self.contexts = ContextPool(contexts)
        self.runs = runs
        gate = Turnstile(width: contexts.count)
    }

    package var inputs: [TensorInfo] { signature.inputs }
    package var outputs: [TensorInfo] { signature.outputs }
    package var metadata: [String: String] { signature.metadata }
    package var shapes: ShapeSupport { .few }
    package var placement: Placement {
        Placement(device: DeviceKind.rknn.rawValue, provider: "RKNN", precision: signature.precision)
    }

    /// The combinations of shapes that can be run: for each, one an input, as
    /// in ``inputs``. Models that were converted for one shape have one.
    package var compiledShapes: [[[Int]]] { signature.rungs.map { $0.inputs.map(\.shape) } }

    /// A run that has begun ends by itself: the runtime cannot stop it.
    package func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        let rung = try signature.rung(for: inputs, path: path)
        return try await gate.pass {
            try await runs.run(.run) { try self.runNow(inputs, rung) }
        }
    }

    /// Blocks while the model runs.
    private func runNow(_ inputs: [Tensor], _ index: Int) throws -> [Tensor] {
        let rung = signature.rungs[index]
        do {
            let outputs = try contexts.withContext { context in
                if signature.choosesShapes {
                    try context.setShapes(rung.inputs.map(\.attributes.dimensions), rung: index)
                }
                return try context.run(inputs, rung)
            }
            guard let outputs else { throw FoveaError(.engineFailed, "All contexts are in use.") }
            return outputs
        } catch let failure as RKNNStatus {
            throw FoveaError(
                .engineFailed,
                "RKNN inference failed! \(failure) for the model \(path). \(failure.runningAdvice)",
                cause: failure)
        } catch let error as FoveaError {
            throw FoveaError(error.code, "RKNN inference failed! The model \(path): \(error.message)")
        }
    }
}
