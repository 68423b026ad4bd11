public import FoveaCore

/// What the caller knows that files do not tell.
public struct EnvironmentFacts: Sendable, Hashable, Codable {
    /// The devices that settings ask for.
    public var wanted: [Device]
    /// Which model will run where.
    public var placements: [ModelPlacement]
    /// NVIDIA's driver, where a library told its version. Under WSL 2 no file
    /// does.
    public var nvidiaDriver: NVIDIADriver?
    /// The compute capabilities of `cuda:0`, `cuda:1` and so on, where a
    /// library told them.
    public var computeCapabilities: [ComputeCapability]

    /// A model and where it runs.
    public struct ModelPlacement: Sendable, Hashable, Codable {
        /// The model's name and type, such as `ViT-B-32__openai textual`.
        public var model: String
        /// Where it runs.
        public var device: Device

        /// - Parameter model: its name and type.
        public init(model: String, device: Device) {
            self.model = model
            self.device = device
        }
    }

    /// All of it is optional: with nothing said, files have to do.
    public init(
        wanted: [Device] = [], placements: [ModelPlacement] = [], nvidiaDriver: NVIDIADriver? = nil,
        computeCapabilities: [ComputeCapability] = []
    ) {
        self.wanted = wanted
        self.placements = placements
        self.nvidiaDriver = nvidiaDriver
        self.computeCapabilities = computeCapabilities
    }
}
