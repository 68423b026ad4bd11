import CONNXRuntime
import FoveaCore
import Foundation
import Synchronization

/// How a session is to run; used once, to load a model.
final class SessionOptions: Sendable {
    let library: ONNXRuntimeLibrary
    // Written by the one that sets it up, before anyone else sees it; after
    // that only by `cancelLoading`, which ONNX Runtime allows from any thread.
    private let handle: NativeHandle
    private let files = Mutex<[TemporaryFile]>([])
    private let folders = Mutex<[UsedFolder]>([])

    init(_ library: ONNXRuntimeLibrary) throws {
        self.library = library
        handle = try library.make(
            "make session options", release: library.api.pointee.ReleaseSessionOptions
        ) { library.api.pointee.CreateSessionOptions(&$0) }
    }

    var pointer: OpaquePointer { handle.pointer }

    /// Sets a configuration entry; libraries ignore keys they do not know.
    func set(_ key: String, _ value: String) throws {
        try library.check(
            "set \(key) to \(value)", code: .invalidSetting,
            library.api.pointee.AddSessionConfigEntry(pointer, key, value))
    }

    /// Has the session tell afterwards which provider took which operator.
    func recordOperators() throws {
        guard library.tableVersion >= 24 else { return }
        try set("session.record_ep_graph_assignment_info", "1")
    }

    /// Keeps a file that a provider reads while the session is made.
    func keep(_ file: TemporaryFile) -> TemporaryFile {
        files.withLock { $0.append(file) }
        return file
    }

    /// Keeps a folder that a provider writes to, for the session's life.
    func keep(_ folder: UsedFolder) -> UsedFolder {
        folders.withLock { $0.append(folder) }
        return folder
    }

    /// What the session has to hold on to.
    var usedFolders: [UsedFolder] { folders.withLock { $0 } }

    func setThreads(intraOp: Int, interOp: Int) throws {
        try library.check(
            "use \(intraOp) intra-op threads", code: .invalidSetting,
            library.api.pointee.SetIntraOpNumThreads(pointer, Int32(clamping: intraOp)))
        try library.check(
            "use \(interOp) inter-op threads", code: .invalidSetting,
            library.api.pointee.SetInterOpNumThreads(pointer, Int32(clamping: interOp)))
    }

    func runBranchesInParallel() throws {
        try library.check(
            "run a graph's branches in parallel",
            library.api.pointee.SetSessionExecutionMode(pointer, Int32(ORT_EXECUTION_PARALLEL)))
    }

    /// Has the session write what it made of the model, for a session to come.
    ///
    /// Small tensors stay in the graph, where shapes can be worked out of them.
    func savePacked(_ packed: PackedModel) throws {
        let path = packed.graph.path(percentEncoded: false)
        try library.check(
            "keep the optimised model in \(path)",
            library.api.pointee.SetOptimizedModelFilePath(pointer, path))
        try set("session.save_external_prepacked_constant_initializers", "1")
        try set("session.optimized_model_external_initializers_file_name", PackedModel.weightsName)
        try set("session.optimized_model_external_initializers_min_size_in_bytes", "1024")
        // It warns that the file is for this processor alone, which is known.
        try logErrorsOnly()
    }

    /// The graph is as it should be: what was done to it once is not tried again.
    func keepGraph() throws {
        try library.check(
            "load an optimised model", library.api.pointee.SetSessionGraphOptimizationLevel(pointer, 0))
    }

    private func logErrorsOnly() throws {
        try library.check(
            "log errors only",
            library.api.pointee.SetSessionLogSeverityLevel(pointer, Int32(ORT_LOGGING_ERROR)))
    }

    /// Uses the environment's arena.
    ///
    /// Without memory patterns: they take a run's memory in one piece, which
    /// has another size for each shape, and pieces of many sizes leave gaps.
    func shareArena() throws {
        try set("session.use_env_allocators", "1")
        try library.check(
            "run without memory patterns", library.api.pointee.DisableMemPattern(pointer))
    }

    func disableArena() throws {
        try library.check("run without an arena", library.api.pointee.DisableCpuMemArena(pointer))
    }

    /// Makes the load that uses these options fail soon. Libraries before
    /// 1.22 finish the load.
    func cancelLoading() {
        guard library.tableVersion >= 22 else { return }
        library.discard(library.api.pointee.SessionOptionsSetLoadCancellationFlag(pointer, true))
    }
}
