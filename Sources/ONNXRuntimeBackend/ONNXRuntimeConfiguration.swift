public import FoveaCore
public import Foundation

/// How ONNX Runtime is found and how it runs models.
public struct ONNXRuntimeConfiguration: Sendable {
    /// The library's file, or a folder that holds it. `nil` looks where
    /// `FOVEA_ONNXRUNTIME` says, then beside the executable, then in the
    /// cache folder that `make setup` fills, then where the system looks.
    public var libraryPath: String?

    /// Where models run.
    public var device: Device

    /// What numbers graphs are computed in, where the device's provider has a
    /// choice.
    public var precision: Precision

    /// The library of the device's provider, where that is a plug-in.
    public var plugInPath: String?

    /// Libraries that the provider needs, in the order to open them. Missing
    /// ones are left to the system.
    public var preloads: [String]

    /// Version of the device's driver, which compiled models depend on.
    public var driver: String

    /// Threads that work on one operator, the calling one included, a
    /// session; 0 leaves it to the provider (2 on the CPU).
    public var intraOpThreads: Int

    /// Operators that run beside each other, a session; 0 leaves it to the
    /// provider (1 on the CPU). Above 1, branches of a graph run in parallel.
    public var interOpThreads: Int

    /// Whether a session keeps the memory of its intermediate results for its
    /// next run, until it is released. Without, memory goes back after each
    /// run: measured on text detection and recognition, 100 MB less, but a
    /// fifth more processor time and a footprint that sways by a tenth.
    public var arena: Bool

    /// Runs that are under way at the same time, over all sessions; 0 for as
    /// many as keep the cores busy, at least 2.
    public var concurrentRuns: Int

    /// Where models are kept as they were laid out for this processor, so that
    /// they load faster and their weights are mapped; `nil` to load them anew
    /// each time. Graphs on accelerators are not kept here.
    public var packedFolder: URL?

    /// Is given the engine's warnings and errors from now on, on any thread,
    /// and with each model the providers that work here.
    /// There is one a process, which `nil` leaves as it is; at first it drops
    /// everything.
    public var log: (@Sendable (ONNXRuntimeLogMessage) -> Void)?

    public init(
        libraryPath: String? = nil,
        device: Device = .cpu,
        precision: Precision = .fp32,
        plugInPath: String? = nil,
        preloads: [String] = [],
        driver: String = "",
        intraOpThreads: Int = 0,
        interOpThreads: Int = 0,
        arena: Bool = true,
        concurrentRuns: Int = 0,
        packedFolder: URL? = nil,
        log: (@Sendable (ONNXRuntimeLogMessage) -> Void)? = nil
    ) {
        self.libraryPath = libraryPath
        self.device = device
        self.precision = precision
        self.plugInPath = plugInPath
        self.preloads = preloads
        self.driver = driver
        self.intraOpThreads = intraOpThreads
        self.interOpThreads = interOpThreads
        self.arena = arena
        self.concurrentRuns = concurrentRuns
        self.packedFolder = packedFolder
        self.log = log
    }
}
