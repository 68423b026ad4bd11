import FoveaBackends
import FoveaCore
import Foundation

/// Runs operators on the host's cores. Always there, and always last.
struct CPUExecutionProvider: ExecutionProvider {
    /// What Immich uses on the CPU, and what stands behind an accelerator.
    static let defaultIntraOpThreads = 2
    static let defaultInterOpThreads = 1

    /// How long a thread that ran out of work looks for more before it
    /// sleeps. Long enough for the gap between two operators, short enough
    /// that an idle service uses no CPU: measured within 2 % of endless
    /// spinning in latency, at 60 % of its CPU time.
    private static let spinMicroseconds = 100

    /// The first version that knows ``spinMicroseconds``.
    private static let spinDurationMinor: UInt32 = 27

    let name = "CPUExecutionProvider"
    let placement = Placement.cpu
    let shapes = ShapeSupport.any
    let intraOpThreads: Int
    let interOpThreads: Int
    let arena: Bool

    /// - Parameter threads: that work on one operator, where the configuration
    ///   leaves it open; `nil` for as many as a run gets that is alone.
    init(_ configuration: ONNXRuntimeConfiguration, threads: Int? = nil) {
        func value(_ set: Int, else standard: Int) -> Int { set == 0 ? standard : set }
        intraOpThreads = value(
            configuration.intraOpThreads,
            else: threads ?? configuration.coreRules?.wide ?? Self.defaultIntraOpThreads)
        interOpThreads = value(configuration.interOpThreads, else: Self.defaultInterOpThreads)
        arena = configuration.arena
    }

    // The CPU provider is part of every session, so there is none to append.
    func configure(_ options: SessionOptions, for model: URL?, in environment: Environment) throws {
        try options.setThreads(intraOp: intraOpThreads, interOp: interOpThreads)
        if interOpThreads > 1 { try options.runBranchesInParallel() }
        if arena { try options.shareArena() } else { try options.disableArena() }

        // Weights and activations below 1e-38 mean nothing but cost a hundred
        // times as much as others.
        try options.set("session.set_denormal_as_zero", "1")

        for pool in ["intra_op", "inter_op"] {
            if options.library.isAtLeast(minor: Self.spinDurationMinor) {
                try options.set("session.\(pool).spin_duration_us", "\(Self.spinMicroseconds)")
            } else {
                // Endless spinning doubles latency where another process
                // wants the cores.
                try options.set("session.\(pool).allow_spinning", "0")
            }
        }
    }
}
