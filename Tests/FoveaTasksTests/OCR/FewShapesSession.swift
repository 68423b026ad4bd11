import FoveaBackends
import FoveaCore
import Synchronization

/// Another session as a device has it on which each new shape costs a
/// compilation, with a record of the shapes it was given.
final class FewShapesSession: ModelSession {
    private let base: any ModelSession
    private let record = Mutex<[[Int]]>([])

    init(_ base: any ModelSession) {
        self.base = base
    }

    /// The first input's shape of each run.
    var given: [[Int]] { record.withLock { $0 } }

    var inputs: [TensorInfo] { base.inputs }
    var outputs: [TensorInfo] { base.outputs }
    var metadata: [String: String] { base.metadata }
    var placement: Placement { base.placement }
    var shapes: ShapeSupport { .few }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        record.withLock { $0 += inputs.prefix(1).map(\.shape) }
        return try await base.run(inputs)
    }
}
