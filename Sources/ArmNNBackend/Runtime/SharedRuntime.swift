import CArmNN
import FoveaCore
import Synchronization

/// Arm NN's runtime, begun with the first network and ended with the last.
///
/// There is one a process and library: runtimes share what the backends
/// register and the GPU's state, so that the end of one would break another.
/// It ends when nothing is loaded, because only then the tuner writes its file.
final class SharedRuntime: Sendable {
    private struct Runtime {
        let options: RuntimeOptions
        let pointer: OpaquePointer
        let tuning: TuningPlan
        var users = 0
    }

    /// The runtimes that are alive, by their library's path. Held while one
    /// begins or ends, so that these do not cross.
    private static let alive = Mutex<[String: Runtime]>([:])

    private let library: ArmNNLibrary
    // Only given to calls that the shim allows from any thread.
    nonisolated(unsafe) let pointer: OpaquePointer

    private init(_ library: ArmNNLibrary, _ pointer: OpaquePointer) {
        self.library = library
        self.pointer = pointer
    }

    /// Begins the runtime, or joins the users of the one that is alive. Blocks.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if it does not start, or
    ///   another one was started with other options.
    static func join(_ library: ArmNNLibrary, _ options: RuntimeOptions) throws -> SharedRuntime {
        let address = try alive.withLock { alive -> UInt in
            var runtime = try alive[library.path] ?? start(library, options)
            guard runtime.options == options else {
                throw FoveaError(
                    .engineUnavailable,
                    """
                    Arm NN is in use in this process with other settings for its tuning or backends folder: \
                    use the same settings, or another process.
                    """)
            }
            runtime.users += 1
            alive[library.path] = runtime
            return UInt(bitPattern: runtime.pointer)
        }
        guard let pointer = OpaquePointer(bitPattern: address) else {
            throw FoveaError(.engineUnavailable, "Arm NN could not start: it returned nothing.")
        }
        return SharedRuntime(library, pointer)
    }

    /// Ends the runtime if this was its last user, which may block.
    deinit {
        Self.alive.withLock { alive in
            guard var runtime = alive[library.path] else { return }
            runtime.users -= 1
            alive[library.path] = runtime.users > 0 ? runtime : nil
            guard runtime.users == 0 else { return }
            library.api.pointee.destroy(runtime.pointer)
            runtime.tuning.finish()
        }
    }

    /// Names of the backends that are there and have started on this machine.
    var backends: [String] {
        var names = ErrorText()
        names.receive { library.api.pointee.backends(pointer, $0, $1) }
        return "\(names)".split(separator: ",").map(String.init)
    }

    private static func start(_ library: ArmNNLibrary, _ options: RuntimeOptions) throws -> Runtime {
        let tuning = TuningPlan(options)
        let folder = NativeText(options.dynamicBackendsPath)
        let file = NativeText(tuning.path)
        var native = fovea_armnn_runtime_options(
            dynamic_backends_path: folder.pointer, tuning_level: Int32(options.tuningLevel),
            tuning_file: file.pointer)
        var reason = ErrorText()
        var pointer: OpaquePointer?
        let status = withExtendedLifetime((folder, file)) {
            reason.receive { library.api.pointee.create(&native, &pointer, $0, $1) }
        }
        guard status == Int32(FOVEA_ARMNN_OK), let pointer else {
            tuning.abandon()
            throw FoveaError(
                .engineUnavailable,
                """
                Arm NN \(library.version) could not start: \(reason). Check the GPU's driver and its \
                device file (/dev/mali0).
                """
            )
        }
        return Runtime(options: options, pointer: pointer, tuning: tuning)
    }
}
