import CONNXRuntime
import Synchronization

/// Options of one run, by which it can be stopped.
final class RunOptions: Sendable {
    private let library: ONNXRuntimeLibrary
    // Written only by `terminate`, which ONNX Runtime allows while a run uses
    // the options: it sets a flag that the run reads between operators.
    private let handle: NativeHandle
    private let terminated = Atomic<Bool>(false)

    init(_ library: ONNXRuntimeLibrary) throws {
        self.library = library
        handle = try library.make("make run options", release: library.api.pointee.ReleaseRunOptions) {
            library.api.pointee.CreateRunOptions(&$0)
        }
    }

    var pointer: OpaquePointer { handle.pointer }

    /// Has the run end with giving back what the arena has and does not use.
    func shrinkArena() throws {
        try library.check(
            "shrink the arena after a run",
            library.api.pointee.AddRunConfigEntry(pointer, "memory.enable_memory_arena_shrinkage", "cpu:0"))
    }

    /// Whether the run was told to stop.
    var isTerminated: Bool { terminated.load(ordering: .acquiring) }

    /// Makes the run fail before its next operator.
    func terminate() {
        terminated.store(true, ordering: .releasing)
        library.discard(library.api.pointee.RunOptionsSetTerminate(pointer))
    }
}
