import CONNXRuntime
import FoveaBackends
import FoveaCore
import Foundation

/// Turns a model file into a session.
struct SessionLoader: Sendable {
    let environment: Environment
    /// The provider that sessions run on, and those behind it.
    let providers: [any ExecutionProvider]
    /// Where the sessions' runs happen.
    let runs: BlockingPool
    /// Runs of one session at the same time, at most.
    let runsPerSession: Int
    /// What gives runs their turn and width instead, on a processor whose cores
    /// are ours to divide, and the provider of narrow sessions.
    var cores: (scheduler: CoreScheduler, narrow: CPUExecutionProvider)?

    /// - Throws: ``FoveaError/Code/engineUnavailable`` if a provider or its
    ///   device is not there. May block while a provider's library is opened.
    func options(for model: URL) throws -> SessionOptions {
        let options = try SessionOptions(environment.library)
        try providers.first?.configure(options, for: model, in: environment)
        return options
    }

    /// Another session of a packed model, to open under load.
    ///
    /// - Parameter find: says where it is by then.
    func narrow(
        _ model: URL, on pool: BlockingPool, _ find: @escaping @Sendable () -> PackedModel?
    ) -> NarrowSession? {
        guard let cores else { return nil }
        return NarrowSession(on: pool) { [self] in
            let path = model.path(percentEncoded: false)
            guard let packed = find() else {
                throw FoveaError(.modelInvalid, "What was packed of the model \(path) is gone.")
            }
            let options = try SessionOptions(environment.library)
            try cores.narrow.configure(options, for: model, in: environment)
            try options.keepGraph()
            return try create(path, on: cores.narrow, using: []) { api, session in
                api.pointee.CreateSession(
                    environment.pointer, packed.graph.path(percentEncoded: false), options.pointer, &session)
            }
        }
    }

    /// Blocks while the model loads.
    ///
    /// - Parameter packed: the file to read in the model's place.
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the model's file.
    func load(
        _ model: URL, from packed: URL? = nil, narrow: NarrowSession? = nil, options: SessionOptions
    ) throws -> ONNXRuntimeSession {
        let path = model.path(percentEncoded: false)
        try ModelFile.check(path)
        let file = packed?.path(percentEncoded: false) ?? path
        return try open(path, on: providers.first, using: options.usedFolders, narrow) { api, session in
            api.pointee.CreateSession(environment.pointer, file, options.pointer, &session)
        }
    }

    /// Opens a model that is in memory, to run on one provider. Blocks.
    func load(_ model: [UInt8], named name: String, on provider: any ExecutionProvider) throws
        -> ONNXRuntimeSession
    {
        let options = try SessionOptions(environment.library)
        try provider.configure(options, for: nil, in: environment)
        return try open(name, on: provider, using: options.usedFolders) { api, session in
            api.pointee.CreateSessionFromArray(
                environment.pointer, model, model.count, options.pointer, &session)
        }
    }

    private typealias Creation = (UnsafePointer<OrtApi>, inout OpaquePointer?) -> OpaquePointer?

    private func create(
        _ path: String, on provider: (any ExecutionProvider)?, using folders: [UsedFolder],
        _ create: Creation
    ) throws -> NativeHandle {
        let library = environment.library
        let api = library.api

        // A load leaves the thread it is on flushing denormals. The thread is
        // not ours alone, so it gets its mode back.
        let mode = fovea_get_float_mode()
        defer { fovea_restore_float_mode(mode) }

        var pointer: OpaquePointer?
        let status = create(api, &pointer)
        if let failure = library.take(status) {
            let advice =
                provider is any AcceleratorProvider
                ? "Its device may be out of memory, or cannot compile it."
                : "Check that the file is complete; fetch it again if it is not."
            throw FoveaError(
                .modelInvalid,
                """
                The model \(path) cannot be loaded by ONNX Runtime \(library.version): \(failure.message) \
                \(advice)
                """, cause: failure)
        }
        guard let pointer else {
            throw FoveaError(.modelInvalid, "ONNX Runtime returned no session for the model \(path).")
        }
        return NativeHandle(pointer) { session in
            withExtendedLifetime(folders) { api.pointee.ReleaseSession(session) }
            fovea_trim_heap()
        }
    }

    private func open(
        _ path: String, on provider: (any ExecutionProvider)?, using folders: [UsedFolder],
        _ narrow: NarrowSession? = nil, _ creation: Creation
    ) throws -> ONNXRuntimeSession {
        let handle = try create(path, on: provider, using: folders, creation)
        let operators = environment.operators(of: handle)
        if let provider, !operators.isEmpty, operators[provider.name, default: 0] == 0 {
            // Graphs of nothing but shapes aside, this is a device in name only.
            throw FoveaError(
                .engineUnavailable,
                """
                \(provider.name) took none of the \(operators.values.reduce(0, +)) operators of the model \(path): \
                it would run on the processor in its name.
                """)
        }
        return ONNXRuntimeSession(
            handle: handle, signature: try GraphSignature(of: handle, in: environment, path: path),
            path: path, placement: provider?.placement ?? .cpu, shapes: provider?.shapes ?? .any,
            operators: operators, environment: environment, runs: runs,
            gate: cores.map { .cores($0.scheduler, session: $0.scheduler.newSession(), narrow) }
                ?? .width(Turnstile(width: runsPerSession)))
    }
}
