import ArmNNBackend
public import FoveaBackends
public import FoveaCore
public import FoveaEngine
import FoveaGraphs
public import FoveaServer
import FoveaSystem
public import Foundation
public import Logging
import ONNXRuntimeBackend
import RKNNBackend

/// The devices of one worker: its own, and those that its runtime drives too.
///
/// A process opens one ONNX Runtime. A device of another one is another
/// worker's.
public struct WorkerDevices: Sendable {
    /// The device of the worker's slot.
    public let own: Device
    private let settings: Settings
    private let machine: Machine
    /// The runtime of the worker's own device.
    private let runtime: DeviceRuntime
    /// Who may drive the processor beside ONNX Runtime, where nobody has chosen.
    private let alternative: Device?
    private let logger: Logger

    public init(
        own: Device, settings: Settings, machine: Machine, logger: Logger
    ) {
        self.own = own
        self.settings = settings
        self.machine = machine
        self.logger = logger
        let hasChoice = own == .cpu && settings.places.isEmpty && settings.deviceIDs.isEmpty
        alternative = hasChoice ? machine.processorAlternative : nil
        // Where its own runtime is missing, it can still serve on the processor.
        runtime = (try? machine.runtimes.runtime(for: alternative ?? own)) ?? DeviceRuntime()
    }

    /// Where the worker's models should run.
    public func plan(for model: ModelID) -> PlacementPlan {
        let rules = settings.modelRules.filter { $0.matches(model) }
        // What other services run is none of a worker's business.
        let placed = rules.first(where: \.saysWhere)
        var devices = (placed?.places ?? []).compactMap(\.device)
        let replicas = (placed?.replicas ?? []).compactMap(\.device)
        if let first = replicas.first { devices = replicas.contains(own) ? [own] : [first, own] }
        let namesDevice = !devices.isEmpty
        // Sent here because the others are out of order, or there is no worker
        // for them.
        if !devices.contains(own) { devices.append(own) }
        let precision = rules.lazy.compactMap(\.precision).first
        // Detectors are convolutions, which are slower in int8.
        let isQuantized =
            model.type != .detection && (precision ?? (settings.quantizes ? .int8 : nil)) == .int8
        if !namesDevice, let alternative {
            return PlacementPlan(
                (isQuantized ? [.quantized] : []) + [Candidate(alternative)], isFreeChoice: true)
        }
        let fallsBack = placed?.fallsBack ?? rules.first { !$0.fallsBack }?.fallsBack ?? true
        if isQuantized, fallsBack, !devices.contains(.cpu) { devices.append(.cpu) }
        return PlacementPlan(
            devices.flatMap { device -> [Candidate] in
                guard device != .cpu else { return (isQuantized ? [.quantized] : []) + [.reference] }
                // Accelerators have precisions of their own.
                let own = settings.accelerators.precision(of: device)
                return [Candidate(device, precision == .int8 ? own : precision ?? own)]
            },
            fallsBack: fallsBack,
            allowsKnownBad: rules.contains(where: \.allowsKnownBad))
    }

    /// Opens the engine for a device.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable``.
    public func open(_ candidate: Candidate) throws -> any Backend {
        switch candidate.device.kind {
        case .rknn:
            return try RKNNBackend(
                configuration: RKNNConfiguration(
                    threads: settings.accelerators.rknnThreads, ocrShortSide: settings.preloadMaxResolution,
                    log: { [logger] in logger.info("\($0)") }))
        case .armnn:
            return try ArmNNBackend(
                configuration: ArmNNConfiguration(
                    fp16: candidate.precision == .fp16,
                    tuningLevel: settings.accelerators.armNNTuningLevel,
                    tuningFile: settings.cacheFolder.appending(component: "gpu-tuning.ann"),
                    log: { [logger] in logger.log(level: $0.severity.level, "\($0.text)") }))
        case .tensorRTRTX, .cuda, .migraphx, .openvino, .webgpu, .tensorrt, .rocm, .cpu:
            return try openONNXRuntime(candidate)
        }
    }

    private func openONNXRuntime(_ candidate: Candidate) throws -> any Backend {
        let device = candidate.device
        let needed = try machine.runtimes.runtime(for: device)
        guard device == .cpu || runtime.carries(needed) else {
            throw FoveaError(
                .engineUnavailable,
                "\(device) needs another runtime than this worker's \(own): it is left to a worker of its own."
            )
        }
        return try ONNXRuntimeBackend(
            configuration: ONNXRuntimeConfiguration(
                libraryPath: runtime.base, device: device, precision: candidate.precision,
                plugInPath: needed.plugIn, preloads: needed.preloads, driver: machine.driver(of: device),
                intraOpThreads: settings.intraOpThreads, interOpThreads: settings.interOpThreads,
                arena: settings.usesArena ?? true,
                packedFolder: settings.packsWeights
                    ? settings.cacheFolder.appending(components: "fovea", "packed") : nil,
                log: { [logger] in logger.log(level: $0.severity.level, "\($0.text)") }))
    }

    /// All of it, for an engine.
    ///
    /// - Parameter waitsForProof: rather than running on the processor meanwhile.
    public func deviceSet(waitsForProof: Bool = false) -> DeviceSet {
        DeviceSet(
            plan: plan,
            facts: { DeviceFacts(hardware: machine.name(of: $0), driver: machine.driver(of: $0)) },
            proofFolder: settings.proofFolder,
            graphFolder: settings.cacheFolder.appending(components: "fovea", "graphs"),
            quantization: machine.snapshot.cpu.addsBytesExactly ? .int8 : .int8Narrow,
            waitsForProof: waitsForProof, open: open)
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

extension ArmNNLogMessage.Severity {
    fileprivate var level: Logger.Level { self == .info ? .info : .warning }
}

extension Settings {
    /// Where it is kept what comparisons of devices with the processor gave.
    public var proofFolder: URL { cacheFolder.appending(components: "fovea", "proofs") }
}
