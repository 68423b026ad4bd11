import CONNXRuntime
import FoveaCore

/// ONNX Runtime's environment: what sessions share.
///
/// ONNX Runtime has one a process and counts its users, so making a second one
/// gives the first again.
final class Environment: Sendable {
    let library: ONNXRuntimeLibrary
    /// The allocator of names and other small things that calls return; never
    /// released, it belongs to the library.
    let allocator: NativeHandle
    /// Describes memory that tensors of ours are in.
    let hostMemory: NativeHandle
    private let handle: NativeHandle

    /// - Parameter log: is given warnings and errors from now on.
    init(_ library: ONNXRuntimeLibrary, log: (@Sendable (ONNXRuntimeLogMessage) -> Void)?) throws {
        self.library = library
        let api = library.api
        if let log { EngineLog.setHandler(log) }
        handle = try library.make("start", code: .engineUnavailable, release: api.pointee.ReleaseEnv) {
            api.pointee.CreateEnvWithCustomLogger(
                EngineLog.receive, nil, Int32(ORT_LOGGING_WARNING), "fovea", &$0)
        }
        allocator = try library.make("get an allocator", code: .engineUnavailable, release: nil) {
            api.pointee.GetAllocatorWithDefaultOptions(&$0)
        }
        hostMemory = try library.make(
            "describe the host's memory", code: .engineUnavailable, release: api.pointee.ReleaseMemoryInfo
        ) {
            api.pointee.CreateCpuMemoryInfo(Int32(ORT_ALLOCATOR_DEVICE), Int32(ORT_MEMORY_DEFAULT), &$0)
        }
    }

    var pointer: OpaquePointer { handle.pointer }

    /// Copies a text that a call allocated, and frees it.
    func take(_ text: UnsafeMutablePointer<CChar>?) -> String? {
        guard let text else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    /// Frees what a call allocated.
    func free(_ memory: UnsafeMutableRawPointer) {
        library.discard(library.api.pointee.AllocatorFree(allocator.pointer, memory))
    }
}
