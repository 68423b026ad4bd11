package import FoveaBackends
package import FoveaCore
package import Logging

/// A session in which requests of different clients share runs.
package struct BatchedSession: ModelSession {
    private let base: any ModelSession
    package let rules: BatchRules
    private let line: BatchLine

    /// - Returns: `nil` where the session's runs cannot be shared: its inputs or
    ///   outputs have a fixed number of rows.
    package init?(
        _ base: any ModelSession, of model: ModelID, rules: BatchRules, pool: BlockingPool, logger: Logger
    ) {
        let tensors = base.inputs + base.outputs
        guard rules.maxRows > 1, tensors.allSatisfy({ !$0.shape.isEmpty && $0.shape[0] == nil }) else {
            return nil
        }
        self.base = base
        self.rules = rules
        line = BatchLine(base, of: model, rules: rules, pool: pool, logger: logger)
    }

    package var inputs: [TensorInfo] { base.inputs }
    package var outputs: [TensorInfo] { base.outputs }
    package var metadata: [String: String] { base.metadata }
    package var placement: Placement { base.placement }
    package var shapes: ShapeSupport { base.shapes }
    package var operators: [String: Int] { base.operators }

    /// Requests that wait or run.
    package var load: Int { get async { await line.load } }

    package func run(_ inputs: [Tensor]) async throws -> [Tensor] { try await line.run(inputs) }
}
