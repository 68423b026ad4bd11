import FoveaCore
import FoveaEngine
import FoveaImaging
import FoveaModels
import FoveaServer
import Logging
import ONNXRuntimeBackend

extension Settings {
    /// Where the models are.
    var modelStore: ModelStore { ModelStore(folder: cacheFolder, revision: modelRevision) }

    /// An engine that does as the settings say.
    ///
    /// - Throws: `FoveaError` if no engine's library can be opened.
    func makeEngine(
        logger: Logger, onEvent: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) throws -> (engine: Engine, description: String) {
        let backend = try ONNXRuntimeBackend(
            configuration: ONNXRuntimeConfiguration(
                intraOpThreads: intraOpThreads, interOpThreads: interOpThreads, arena: usesArena ?? true,
                log: { message in logger.log(level: message.severity.level, "\(message.text)") }))
        logger.info("Inference engine: \(backend.description)")
        let engine = Engine(
            store: modelStore, backend: backend,
            configuration: EngineConfiguration(
                imagingThreads: requestThreads,
                imageLimits: ImageLimits(maxPixels: limits.imagePixels),
                faceBatchSize: faceBatchSize, textBatchSize: textBatchSize,
                modelTimeToLive: modelSweepInterval == nil ? nil : modelTimeToLive,
                modelSweepInterval: modelSweepInterval ?? .seconds(10), memoryBudget: memoryBudget,
                keepAlways: { [modelRules] id in modelRules.contains { $0.keepsAlways && $0.matches(id) } },
                onEvent: onEvent),
            logger: logger)
        return (engine, backend.description)
    }
}

extension ONNXRuntimeLogMessage.Severity {
    /// What the engine calls an error may be none: it is told by what throws.
    fileprivate var level: Logger.Level {
        switch self {
        case .verbose: .debug
        case .info: .info
        case .warning, .error, .fatal: .warning
        }
    }
}
