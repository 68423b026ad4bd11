import CArmNN
import FoveaCore

/// A network in Arm NN's memory, unloaded with the last reference.
final class LoadedNetwork: Sendable {
    let library: ArmNNLibrary
    // Keeps the runtime alive for longer than the network.
    private let runtime: SharedRuntime
    // Only given to calls that the shim allows from any thread.
    private nonisolated(unsafe) let pointer: OpaquePointer
    private let log: (@Sendable (ArmNNLogMessage) -> Void)?

    init(
        _ pointer: OpaquePointer, of runtime: SharedRuntime, in library: ArmNNLibrary,
        log: (@Sendable (ArmNNLogMessage) -> Void)?
    ) {
        self.pointer = pointer
        self.runtime = runtime
        self.library = library
        self.log = log
    }

    deinit {
        let id = id
        library.api.pointee.unload(pointer)
        log?(ArmNNLogMessage(severity: .info, text: "Unloaded ANN model \(id)"))
    }

    /// Arm NN's number for it.
    var id: Int { Int(library.api.pointee.network_id(pointer)) }

    /// Whether it computes in float16 what is declared as float32.
    var isFP16: Bool { library.api.pointee.network_is_fp16(pointer) != 0 }

    func signature(path: String) throws -> NetworkSignature {
        try NetworkSignature(of: pointer, in: library, path: path)
    }

    /// Runs the network once, over memory of exactly the tensors' sizes. Blocks.
    ///
    /// - Returns: why it failed; `nil` if it did not.
    func run(_ inputs: [UnsafeRawPointer?], _ outputs: [UnsafeMutableRawPointer?]) -> String? {
        var reason = ErrorText()
        let status = reason.receive {
            library.api.pointee.run(pointer, inputs, inputs.count, outputs, outputs.count, $0, $1)
        }
        return status == Int32(FOVEA_ARMNN_OK) ? nil : "\(reason)"
    }
}
