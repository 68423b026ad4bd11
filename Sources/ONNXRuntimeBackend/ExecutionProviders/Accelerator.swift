import FoveaCore

/// The device a provider runs on, and how it is used.
struct Accelerator: Sendable {
    var device: Device
    var precision: Precision
    /// Version of the device's driver; empty where it is not known.
    var driver: String
    /// The host's threads, which run what the accelerator cannot; 0 leaves a
    /// number to ONNX Runtime.
    var intraOpThreads: Int
    var interOpThreads: Int
    /// Whether the host keeps the memory of its part of a graph.
    var arena: Bool

    init(_ configuration: ONNXRuntimeConfiguration) {
        device = configuration.device
        precision = configuration.precision
        driver = configuration.driver
        intraOpThreads = configuration.intraOpThreads
        interOpThreads = configuration.interOpThreads
        arena = configuration.arena
    }

    func configureHost(_ options: SessionOptions) throws {
        try options.setThreads(intraOp: intraOpThreads, interOp: interOpThreads)
        if interOpThreads > 1 { try options.runBranchesInParallel() }
        if !arena { try options.disableArena() }
        // As on the processor alone, and on the thread that a run is on.
        try options.set("session.set_denormal_as_zero", "1")
        // They would spin for as long as the accelerator works.
        try options.set("session.intra_op.allow_spinning", "0")
        try options.set("session.inter_op.allow_spinning", "0")
        try options.recordOperators()
    }
}
