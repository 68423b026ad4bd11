import FoveaBackends
import FoveaCore

/// A session whose runs go into the request's report and into the ledger of
/// native calls.
struct ObservedSession: ModelSession {
    let base: any ModelSession
    let model: ModelID
    let calls: NativeCalls

    var inputs: [TensorInfo] { base.inputs }
    var outputs: [TensorInfo] { base.outputs }
    var metadata: [String: String] { base.metadata }
    var placement: Placement { base.placement }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        let outputs = try await calls.noting("run \(model)") { try await base.run(inputs) }
        PredictionTrace.current?.addRun(of: model, on: placement, batch: inputs.first?.shape.first ?? 1)
        return outputs
    }
}
