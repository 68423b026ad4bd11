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

    /// Gives sessions that ask for it one arena between them. Each with its own
    /// keeps the most it ever took: measured on the six graphs of all tasks, 803
    /// MB instead of 302.
    func shareArena() throws {
        let memory = try library.make(
            "describe the host's memory", code: .engineUnavailable,
            release: library.api.pointee.ReleaseMemoryInfo
        ) {
            library.api.pointee.CreateCpuMemoryInfo(
                Int32(ORT_ALLOCATOR_ARENA), Int32(ORT_MEMORY_DEFAULT), &$0)
        }
        // The environment is the process's: where it has one already, that is
        // the arena.
        library.discard(
            library.api.pointee.CreateAndRegisterAllocator(pointer, memory.pointer, nil))
    }

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
