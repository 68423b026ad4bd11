import CArmNN
import FoveaBackends
import FoveaCore
import Foundation

/// Turns a `.armnn` file into a session.
struct NetworkLoader: Sendable {
    let library: ArmNNLibrary
    let configuration: ArmNNConfiguration
    /// Where the sessions' runs happen.
    let runs: BlockingPool

    /// Blocks while the network is compiled and loaded.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the file;
    ///   ``FoveaError/Code/engineUnavailable`` if a backend is not there.
    func load(_ model: URL) throws -> ArmNNSession {
        let path = model.path(percentEncoded: false)
        say("Loading ANN model \(path) ...")
        try ModelFile.check(path)
        let runtime = try SharedRuntime.join(library, RuntimeOptions(configuration))
        let network = try load(model, on: runtime)
        say("Loaded ANN model with ID \(network.id)")
        if configuration.fp16, !network.isFP16 {
            say("The model \(path) cannot be computed in fp16 and runs in fp32.", .warning)
        }
        return ArmNNSession(
            network: network, signature: try network.signature(path: path), path: path,
            placement: Placement(
                device: Device(.armnn).description, provider: "ARMNN",
                precision: network.isFP16 ? "fp16" : "fp32"),
            runs: runs)
    }

    /// Loads with the compiled kernels that are kept, or keeps them.
    private func load(_ model: URL, on runtime: SharedRuntime) throws -> LoadedNetwork {
        let isPossible = configuration.cachesNetworks && configuration.usesGPU && library.hasModelOptions
        switch CachedNetwork(for: model, isPossible: isPossible) {
        case .none:
            return try load(model, on: runtime, cached: nil)
        case .make(let file):
            return try load(model, on: runtime, keepingIn: file)
        case .use(let file):
            do {
                return try load(model, on: runtime, cached: file.path(percentEncoded: false))
            } catch {
                // Such as after a new driver. If the file is not to blame,
                // this fails as well and nothing has changed.
                let network = try load(model, on: runtime, keepingIn: file)
                say(
                    "\(file.path(percentEncoded: false)) could not be used and was made anew: \(error)",
                    .warning)
                return network
            }
        }
    }

    private func load(_ model: URL, on runtime: SharedRuntime, keepingIn file: URL) throws -> LoadedNetwork {
        guard let pending = PendingFile(for: file) else {
            let folder = file.deletingLastPathComponent().path(percentEncoded: false)
            say("The model's compiled kernels are not kept: \(folder) cannot be written to.")
            return try load(model, on: runtime, cached: nil)
        }
        do {
            let network = try load(model, on: runtime, cached: pending.temporaryPath, saving: true)
            _ = pending.commit()
            return network
        } catch {
            pending.discard()
            throw error
        }
    }

    private func load(
        _ model: URL, on runtime: SharedRuntime, cached: String?, saving: Bool = false
    ) throws -> LoadedNetwork {
        let path = NativeText(model.path(percentEncoded: false))
        let backends = NativeText(configuration.backends.joined(separator: ","))
        let file = NativeText(cached)
        var options = fovea_armnn_load_options(
            path: path.pointer, backends: backends.pointer, cached_network: file.pointer,
            flags: flags(saving: saving))
        var reason = ErrorText()
        var pointer: OpaquePointer?
        let status = withExtendedLifetime((path, backends, file)) {
            reason.receive { library.api.pointee.load(runtime.pointer, &options, &pointer, $0, $1) }
        }
        guard status == Int32(FOVEA_ARMNN_OK), let pointer else {
            throw failure(status, reason, model.path(percentEncoded: false))
        }
        return LoadedNetwork(pointer, of: runtime, in: library, log: configuration.log)
    }

    private func flags(saving: Bool) -> UInt32 {
        (configuration.fastMath ? UInt32(FOVEA_ARMNN_FAST_MATH) : 0)
            | (configuration.fp16 ? UInt32(FOVEA_ARMNN_FP16) : 0)
            | (saving ? UInt32(FOVEA_ARMNN_SAVE_CACHED_NETWORK) : 0)
    }

    private func failure(_ status: Int32, _ reason: ErrorText, _ path: String) -> FoveaError {
        switch Int(status) {
        case FOVEA_ARMNN_NO_BACKEND:
            FoveaError(
                .engineUnavailable,
                """
                The model \(path) cannot be loaded: in Arm NN \(library.version), \(reason). Install that \
                backend, or check the GPU's driver and device file (/dev/mali0).
                """)
        case FOVEA_ARMNN_BAD_MODEL:
            FoveaError(
                .modelInvalid,
                """
                The model \(path) cannot be loaded by Arm NN \(library.version): \(reason). Check that the \
                file is complete; fetch it again if it is not.
                """)
        default:
            FoveaError(
                .engineFailed, "Loading the model \(path) failed in Arm NN \(library.version): \(reason).")
        }
    }

    private func say(_ text: String, _ severity: ArmNNLogMessage.Severity = .info) {
        configuration.log?(ArmNNLogMessage(severity: severity, text: text))
    }
}
