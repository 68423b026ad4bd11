import CArmNN
public import FoveaBackends
public import Foundation
import FoveaCore

/// Runs `.armnn` networks with Arm NN: on Mali GPUs, unless configured
/// otherwise.
///
/// ```swift
/// let backend = try ArmNNBackend()
/// let session = try await backend.open(URL(filePath: "/models/visual/model.armnn"))
/// let outputs = try await session.run([pixels])
/// ```
///
/// Arm NN's interface is C++, so a small library of Fovea's own stands between
/// (`Shims/armnn`), which is opened at run time.
public final class ArmNNBackend: Backend {
    private let loader: NetworkLoader
    /// One at a time: Arm NN loads them one after another anyway.
    private let loads = BlockingPool(name: "ann.load", width: 1)

    /// Opens the library. Arm NN itself starts with the first network.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the shim, Arm NN's
    ///   libraries or the GPU's driver are missing, with the files looked for
    ///   and what to do; ``FoveaError/Code/invalidSetting``.
    public init(configuration: ArmNNConfiguration = .init()) throws {
        try configuration.validate()
        let library = try ArmNNLibrary(path: ShimLocator(path: configuration.libraryPath).locate())
        if configuration.usesGPU { try GPUDriver.check(configuration.driverLibraries) }
        EngineLog.begin(library, configuration.log)
        loader = NetworkLoader(
            library: library, configuration: configuration,
            runs: BlockingPool(name: "ann.run", width: configuration.concurrentRuns))
    }

    public var description: String { "Arm NN \(version)" }

    /// Version of the Arm NN in use, as its library counts: 22 is release
    /// 20.08, 33.0 is 23.08.
    public var version: String { loader.library.version }

    /// The shim's file.
    public var libraryPath: String { loader.library.path }

    /// Names of Arm NN's backends that are there and have started on this
    /// machine, such as `GpuAcc`.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if Arm NN does not start.
    public func availableBackends() async throws -> [String] {
        try await loads.run { [loader] in
            try SharedRuntime.join(loader.library, RuntimeOptions(loader.configuration)).backends
        }
    }

    public func open(_ model: URL) async throws -> any ModelSession {
        try await loads.run(.load) { [loader] in try loader.load(model) }
    }

    public func trimMemory() { fovea_armnn_trim_heap() }
}
