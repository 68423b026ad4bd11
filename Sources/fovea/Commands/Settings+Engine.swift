import FoveaBackends
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaImaging
import FoveaModels
import FoveaServer
import Logging

extension Settings {
    /// Where the models are.
    var modelStore: ModelStore { ModelStore(folder: cacheFolder, revision: modelRevision) }

    /// An engine that does as the settings say.
    ///
    /// - Parameters:
    ///   - device: the worker's own.
    ///   - waitsForProof: whether a model that is new to its device waits for
    ///     the comparison with the processor, rather than running there meanwhile.
    /// - Throws: `FoveaError` if no engine's library can be opened.
    func makeEngine(
        on device: Device, machine: Machine, waitsForProof: Bool = false, logger: Logger,
        onEvent: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) throws -> (engine: Engine, description: String) {
        let devices = WorkerDevices(
            own: device, settings: self, machine: machine, logger: logger)
        // What all falls back to: without it, this worker is of no use.
        let reference = try devices.open(.reference)
        logger.info("Inference engine: \(reference.description), on \(device)")
        let engine = Engine(
            store: modelStore, devices: devices.deviceSet(waitsForProof: waitsForProof),
            configuration: EngineConfiguration(
                imagingThreads: requestThreads,
                imageLimits: ImageLimits(maxPixels: limits.imagePixels),
                pictureDecoding: pictureDecoding, faceBatchSize: faceBatchSize, textBatchSize: textBatchSize,
                sharedBatchSize: sharedBatchSize,
                textMaxResolution: preloadMaxResolution,
                modelTimeToLive: modelSweepInterval == nil ? nil : modelTimeToLive,
                modelSweepInterval: modelSweepInterval ?? .seconds(10), memoryBudget: memoryBudget,
                keepAlways: { [modelRules] id in modelRules.contains { $0.keepsAlways && $0.matches(id) } },
                onEvent: onEvent),
            logger: logger)
        return (engine, reference.description)
    }
}
