/// Where and how a model runs.
public struct Placement: Sendable, Hashable, Codable {
    /// The device: `cpu`, `cuda:0`, `openvino:GPU.1`.
    public var device: String
    /// The engine's part that runs the graph, by its classic name:
    /// `CPUExecutionProvider`.
    public var provider: String
    /// What numbers the graph is computed in: `fp32`, `fp16`, `bf16`, `int8`.
    public var precision: String
    /// The device it should run on, where that is another.
    public var wanted: String?

    public init(device: String, provider: String, precision: String, wanted: String? = nil) {
        self.device = device
        self.provider = provider
        self.precision = precision
        self.wanted = wanted
    }

    /// On the host's cores, by ONNX Runtime, in float32: where every model can run.
    public static let cpu = Placement(device: "cpu", provider: "CPUExecutionProvider", precision: "fp32")
}
