import CONNXRuntime
public import FoveaBackends
public import Foundation
import FoveaCore

/// Runs ONNX models with ONNX Runtime, whose library is opened at run time.
///
/// ```swift
/// let backend = try ONNXRuntimeBackend()
/// let session = try await backend.open(URL(filePath: "/models/visual/model.onnx"))
/// let outputs = try await session.run([pixels])
/// ```
public final class ONNXRuntimeBackend: Backend {
    /// Pixels of a preview, and the tensor that a detector takes, have 5 MB each.
    private static let keptBlockBytes: Int32 = 8 << 20

    private let loader: SessionLoader
    private let packed: PackedModels?
    private let probe: ProviderProbe
    /// Where sessions share an arena.
    private let arena: ArenaTrimmer?
    private let log: (@Sendable (ONNXRuntimeLogMessage) -> Void)?
    private let loads: BlockingPool

    /// Opens the library and starts the engine.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the library is
    ///   missing, broken or older than 1.20, with the files looked for and the
    ///   command that fixes it; ``FoveaError/Code/invalidSetting``.
    public init(configuration: ONNXRuntimeConfiguration = .init()) throws {
        try configuration.validate()
        fovea_bound_heap(Self.keptBlockBytes)
        let provider = try ExecutionProviders.provider(configuration)
        // Providers link these by name; what is open by that name is taken.
        for path in configuration.preloads { fovea_preload(path) }
        let library = try ONNXRuntimeLibrary.find(LibraryLocator(path: configuration.libraryPath))
        let runs = BlockingPool(
            name: "ort.run", width: provider.isExclusive ? 1 : configuration.runPoolWidth)
        loads = provider.isExclusive ? runs : BlockingPool(name: "ort.load", width: 2)
        var loader = SessionLoader(
            environment: try Environment(library, log: configuration.log),
            providers: provider is CPUExecutionProvider
                ? [provider] : [provider, CPUExecutionProvider(configuration)],
            runs: runs,
            runsPerSession: configuration.runsPerSession)
        if let rules = configuration.coreRules {
            loader.cores = (
                CoreScheduler(rules), CPUExecutionProvider(configuration, threads: rules.narrow)
            )
        }
        self.loader = loader
        probe = ProviderProbe(loader)
        if provider is CPUExecutionProvider, configuration.arena {
            try loader.environment.shareArena()
            arena = ArenaTrimmer(loader)
        } else {
            arena = nil
        }
        packed = configuration.packedFolder.flatMap { folder in
            // The first version that writes what it mapped.
            guard provider is CPUExecutionProvider, library.isAtLeast(minor: 21) else { return nil }
            return PackedModels(
                folder: folder, runtime: library.version, processor: ProcessorFeatures.current)
        }
        log = configuration.log
    }

    public var description: String { "ONNX Runtime \(version)" }

    public var shapes: ShapeSupport { loader.providers.first?.shapes ?? .any }

    /// Version of the library in use, such as `1.31.1`.
    public var version: String { loader.environment.library.version }

    /// The library's file, or its bare name where the system found it.
    public var libraryPath: String { loader.environment.library.path }

    /// Names of the execution providers that the library was built with, such
    /// as `CPUExecutionProvider`. That one is listed does not mean that its
    /// device is there.
    public var availableProviders: [String] {
        get throws { try loader.environment.library.availableProviders() }
    }

    /// Names of the execution providers that ran a small graph on this machine,
    /// and ran it right. Blocks for some milliseconds the first time.
    package var usableProviders: [String] { probe.usableProviders }

    public func trimMemory() {
        arena?.trim()
        fovea_trim_heap()
    }

    public func open(_ model: URL) async throws -> any ModelSession {
        let cancellation = LoadCancellation()
        return try await withTaskCancellationHandler {
            try await loads.run(.load) { [self] in
                logUsableProviders()
                do {
                    guard let packed else { return try load(model, cancellation) }
                    return try load(model, with: packed, cancellation)
                } catch {
                    throw cancellation.isCancelled ? CancellationError() : error
                }
            }
        } onCancel: {
            cancellation.cancel()
        }
    }

    /// Loads a model, from what was packed of it where there is such.
    private func load(_ model: URL, with models: PackedModels, _ cancellation: LoadCancellation) throws
        -> ONNXRuntimeSession
    {
        if let packed = models.find(model) {
            do {
                return try load(model, cancellation, from: packed, narrow: narrow(model, models))
            } catch  where !cancellation.isCancelled {
                models.discard(packed)
            }
        }
        guard let draft = models.begin(model) else { return try load(model, cancellation) }
        do {
            let session = try load(model, cancellation, keepingIn: draft)
            guard !draft.multipliesBytes else {
                models.giveUp(draft)
                return session
            }
            let better = try load(model, cancellation, from: draft, narrow: narrow(model, models))
            guard PackingCheck.agree(session, better) else {
                models.giveUp(draft)
                return session
            }
            try models.finish(draft, of: model)
            return better
        } catch  where !cancellation.isCancelled {
            models.giveUp(draft)
            return try load(model, cancellation)
        } catch {
            models.discard(draft)
            throw error
        }
    }

    private func load(
        _ model: URL, _ cancellation: LoadCancellation, from packed: PackedModel? = nil,
        keepingIn draft: PackedModel? = nil, narrow: NarrowSession? = nil
    ) throws -> ONNXRuntimeSession {
        let options = try loader.options(for: model)
        if packed != nil { try options.keepGraph() }
        if let draft { try options.savePacked(draft) }
        cancellation.load(with: options)
        return try loader.load(model, from: packed?.graph, narrow: narrow, options: options)
    }

    private func narrow(_ model: URL, _ models: PackedModels) -> NarrowSession? {
        loader.narrow(model, on: loads) { models.find(model) }
    }

    /// What people who set up a GPU look for in Immich's log, in its words.
    private func logUsableProviders() {
        let names = usableProviders.map { "'\($0)'" }.joined(separator: ", ")
        log?(
            ONNXRuntimeLogMessage(
                severity: .info, location: "", text: "Available ORT providers: [\(names)]"))
    }
}
