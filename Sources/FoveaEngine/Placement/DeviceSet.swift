public import FoveaBackends
public import FoveaCore
public import FoveaGraphs
public import Foundation

/// The devices that an engine may use, and for what.
public struct DeviceSet: Sendable {
    /// Opens the engine for a device; called once for each that is used, on a
    /// thread that may block.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` where the device, its
    ///   driver or a library is missing.
    public var open: @Sendable (Candidate) throws -> any Backend
    /// Where a model should run.
    public var plan: @Sendable (ModelID) -> PlacementPlan
    /// What is known of a device.
    public var facts: @Sendable (Device) -> DeviceFacts
    /// Where proofs are kept; `nil` to keep none.
    public var proofFolder: URL?
    /// Where rewritten copies of graphs are kept; `nil` to run all as they are.
    public var graphFolder: URL?
    /// What is done to graphs that are to run in int8 on the processor, which
    /// depends on its instructions: ``GraphRewrite/int8`` or
    /// ``GraphRewrite/int8Narrow``.
    public var quantization: GraphRewrite
    /// Whether a model waits until its device is proved, rather than running on
    /// the next one meanwhile.
    public var waitsForProof: Bool

    public init(
        plan: @escaping @Sendable (ModelID) -> PlacementPlan,
        facts: @escaping @Sendable (Device) -> DeviceFacts = { _ in DeviceFacts() },
        proofFolder: URL? = nil, graphFolder: URL? = nil, quantization: GraphRewrite = .int8,
        waitsForProof: Bool = false,
        open: @escaping @Sendable (Candidate) throws -> any Backend
    ) {
        self.open = open
        self.plan = plan
        self.facts = facts
        self.proofFolder = proofFolder
        self.graphFolder = graphFolder
        self.quantization = quantization
        self.waitsForProof = waitsForProof
    }

    /// One engine, whose answers are taken as they are.
    public init(_ backend: any Backend) {
        self.init(plan: { _ in .reference }, open: { _ in backend })
    }
}

/// What proofs depend on, beside the engine, and people want to know.
public struct DeviceFacts: Sendable, Hashable, Codable {
    /// What the maker calls it; empty where that is not known.
    public var hardware: String
    /// Version of its driver; empty where that is not known.
    public var driver: String

    public init(hardware: String = "", driver: String = "") {
        self.hardware = hardware
        self.driver = driver
    }
}
