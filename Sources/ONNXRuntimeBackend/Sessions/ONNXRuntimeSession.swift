import CONNXRuntime
package import FoveaBackends
package import FoveaCore
import Synchronization

/// A model in ONNX Runtime's memory.
///
/// Releasing the last reference frees the model and gives its memory back to
/// the system, which takes some milliseconds.
package final class ONNXRuntimeSession: ModelSession {
    let path: String
    package let placement: Placement
    package let shapes: ShapeSupport
    package let operators: [String: Int]
    // Before the environment, and so released first: with the last environment
    // go the providers' libraries, whose code ends the session.
    private let handle: NativeHandle
    private let gate: Gate
    let environment: Environment
    private let signature: GraphSignature
    private let inputNames: CStrings
    private let outputNames: CStrings
    private let runs: BlockingPool
    private let underway = Atomic<Int>(0)

    init(
        handle: NativeHandle, signature: GraphSignature, path: String, placement: Placement,
        shapes: ShapeSupport, operators: [String: Int], environment: Environment, runs: BlockingPool,
        gate: Gate
    ) {
        self.handle = handle
        self.signature = signature
        self.path = path
        self.placement = placement
        self.shapes = shapes
        self.operators = operators
        self.environment = environment
        self.runs = runs
        self.gate = gate
        inputNames = CStrings(signature.inputs.map(\.name))
        outputNames = CStrings(signature.outputs.map(\.name))
    }

    package var inputs: [TensorInfo] { signature.inputs }
    package var outputs: [TensorInfo] { signature.outputs }
    package var metadata: [String: String] { signature.metadata }

    /// Runs that a thread has begun and not ended.
    package var runsUnderWay: Int { underway.load(ordering: .relaxed) }

    /// Whether it has a second, narrow session for times of load.
    package var hasNarrow: Bool {
        if case .cores(_, _, let narrow?) = gate { narrow.handle != nil } else { false }
    }

    package func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        try checkInputs(inputs)
        let options = try RunOptions(environment.library)
        return try await withTaskCancellationHandler {
            try await gate.pass(values: inputs.reduce(0) { $0 + $1.count }, on: handle) { handle in
                try await runs.run(.run) { try self.runNow(inputs, options, on: handle) }
            }
        } onCancel: {
            options.terminate()
        }
    }

    /// Blocks while the model runs.
    ///
    /// - Parameter handle: the session to run on; `nil` for the wide one.
    func runNow(_ inputs: [Tensor], _ options: RunOptions, on handle: NativeHandle? = nil) throws -> [Tensor]
    {
        let handle = handle ?? self.handle
        underway.add(1, ordering: .relaxed)
        defer { underway.subtract(1, ordering: .relaxed) }
        let mode = fovea_flush_denormals()
        defer { fovea_restore_float_mode(mode) }

        let values = try inputs.map(environment.value(over:))
        var results = [OpaquePointer?](repeating: nil, count: outputs.count)
        let status = withExtendedLifetime((inputs, values)) {
            environment.library.api.pointee.Run(
                handle.pointer, options.pointer,
                inputNames.pointers, values.map { Optional($0.pointer) }, values.count,
                outputNames.pointers, results.count, &results)
        }
        let release = environment.library.api.pointee.ReleaseValue
        let handles = results.map { result in
            result.map { NativeHandle($0) { release?($0) } }
        }
        if let failure = environment.library.take(status) {
            if options.isTerminated { throw CancellationError() }
            throw FoveaError(
                .engineFailed, "Running the model \(path) failed in ONNX Runtime: \(failure.message)",
                cause: failure)
        }
        return try zip(handles, outputs).map { handle, info in
            guard let handle else {
                throw FoveaError(.engineFailed, "The model \(path) gave no output \"\(info.name)\".")
            }
            return try environment.tensor(adopting: handle, name: info.name, inputs: inputs)
        }
    }
}
