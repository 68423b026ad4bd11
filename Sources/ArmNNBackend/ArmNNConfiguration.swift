public import Foundation

/// How Arm NN is found and how it runs networks.
///
/// ```swift
/// var configuration = ArmNNConfiguration()
/// configuration.fp16 = true
/// configuration.tuningFile = URL(filePath: "/cache/gpu-tuning.ann")
/// ```
public struct ArmNNConfiguration: Sendable {
    /// The shim's file, or a folder that holds it. `nil` looks where
    /// `FOVEA_ARMNN_SHIM` says, then beside the executable, then in the
    /// library folder.
    public var libraryPath: String?

    /// A folder with backends in libraries of their own. `nil` for
    /// `armnn<version>` beside libarmnn, where Debian has them; other builds
    /// have their backends built in.
    public var dynamicBackendsPath: String?

    /// What runs the layers, best first: `GpuAcc`, `CpuAcc`, `CpuRef`. All
    /// must be there, so that nothing falls back unseen.
    public var backends: [String]

    /// Whether convolutions may use algorithms that are faster and less exact.
    public var fastMath: Bool

    /// Whether to compute in float16 what is declared as float32
    /// (`MACHINE_LEARNING_ANN_FP16_TURBO`). A network that refuses it runs in
    /// float32, which its session's placement tells.
    public var fp16: Bool

    /// How long to look for the fastest work-group sizes when a kernel first
    /// runs on the GPU (`MACHINE_LEARNING_ANN_TUNING_LEVEL`): 1 rapidly, 2
    /// normally, 3 exhaustively; 0 not at all, using ``tuningFile``, which must
    /// exist then.
    public var tuningLevel: Int

    /// Where what was found is kept: `gpu-tuning.ann` in the cache folder.
    /// Read at level 0. Written at the others, as a whole, when the last
    /// network is unloaded. `nil` keeps nothing.
    public var tuningFile: URL?

    /// Whether compiled kernels are kept as `model.anncache` beside
    /// `model.armnn`, which makes later loads fast. Only where that folder
    /// can be written to.
    public var cachesNetworks: Bool

    /// Names of the GPU driver's libraries, any of which will do. Arm NN opens
    /// it by itself; looking first gives a clear error.
    public var driverLibraries: [String]

    /// Runs that are under way at the same time, over all networks; each
    /// network runs one at a time.
    public var concurrentRuns: Int

    /// Is given Arm NN's warnings and errors, and what is loaded and unloaded,
    /// on any thread. Of the messages that Arm NN itself writes there is one
    /// receiver a process: the last one set.
    public var log: (@Sendable (ArmNNLogMessage) -> Void)?

    public init(
        libraryPath: String? = nil,
        dynamicBackendsPath: String? = nil,
        backends: [String] = ["GpuAcc"],
        fastMath: Bool = true,
        fp16: Bool = false,
        tuningLevel: Int = 2,
        tuningFile: URL? = nil,
        cachesNetworks: Bool = true,
        driverLibraries: [String] = Self.maliLibraries,
        concurrentRuns: Int = 2,
        log: (@Sendable (ArmNNLogMessage) -> Void)? = nil
    ) {
        self.libraryPath = libraryPath
        self.dynamicBackendsPath = dynamicBackendsPath
        self.backends = backends
        self.fastMath = fastMath
        self.fp16 = fp16
        self.tuningLevel = tuningLevel
        self.tuningFile = tuningFile
        self.cachesNetworks = cachesNetworks
        self.driverLibraries = driverLibraries
        self.concurrentRuns = concurrentRuns
        self.log = log
    }

    /// Where Mali's OpenCL is: Arm's driver under its own name, or OpenCL's
    /// loader, which leads to it.
    public static let maliLibraries = ["libmali.so", "libmali.so.1", "libOpenCL.so", "libOpenCL.so.1"]
}
