package import FoveaBackends
package import FoveaCore

/// A network in Arm NN's memory.
///
/// Releasing the last reference unloads it, which may block.
package final class ArmNNSession: ModelSession {
    let path: String
    package let placement: Placement
    private let network: LoadedNetwork
    private let signature: NetworkSignature
    private let runs: BlockingPool
    /// A network has one set of working memory, so it runs one at a time;
    /// waiting here costs no thread.
    private let gate = Turnstile(width: 1)

    init(
        network: LoadedNetwork, signature: NetworkSignature, path: String, placement: Placement,
        runs: BlockingPool
    ) {
        self.network = network
        self.signature = signature
        self.path = path
        self.placement = placement
        self.runs = runs
    }

    package var inputs: [TensorInfo] { signature.inputs }
    package var outputs: [TensorInfo] { signature.outputs }
    /// A `.armnn` file carries nothing but the graph.
    package var metadata: [String: String] { [:] }

    /// Arm NN cannot stop a run: one that is under way when its task is
    /// cancelled ends by itself.
    package func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        // The native call knows addresses only, and would read past the end of
        // what is too small.
        try self.inputs.check(inputs, for: path) { $1.map(Optional.some) == $0.shape }
        return try await gate.pass {
            try await runs.run(.run) { try self.runNow(inputs) }
        }
    }

    /// Blocks while the network runs.
    private func runNow(_ inputs: [Tensor]) throws -> [Tensor] {
        let results = outputs.map { info in
            let shape = info.shape.map { $0 ?? 0 }
            return (
                shape: shape, elementType: info.elementType,
                memory: OutputMemory(byteCount: shape.reduce(1, *) * info.elementType.byteCount)
            )
        }
        let reason = withExtendedLifetime((inputs, results)) {
            network.run(
                inputs.map { UnsafeRawPointer($0.storage.bytes.baseAddress) }, results.map(\.memory.address))
        }
        if let reason {
            throw FoveaError(.engineFailed, "Running the model \(path) failed in Arm NN: \(reason).")
        }
        return results.map { result in
            Tensor(
                shape: result.shape, elementType: result.elementType, adopting: result.memory.address
            ) { withExtendedLifetime(result.memory) {} }
        }
    }
}

/// Memory that a run writes an output to.
private final class OutputMemory: @unchecked Sendable {
    // @unchecked is sound: the address is constant, and the memory is written
    // by one run, before it is handed to anyone else, and never after.
    let address: UnsafeMutableRawPointer

    init(byteCount: Int) {
        address = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    }

    deinit { address.deallocate() }
}
