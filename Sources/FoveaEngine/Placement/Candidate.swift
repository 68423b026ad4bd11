public import FoveaCore

/// A way a model may run: on a device, in a precision.
public struct Candidate: Sendable, Hashable, Codable {
    public var device: Device
    public var precision: Precision

    public init(_ device: Device, _ precision: Precision = .fp32) {
        self.device = device
        self.precision = precision
    }

    /// What the answers of all others are compared with.
    public static let reference = Candidate(.cpu, .fp32)

    /// On the processor, with a quantised copy of the graph.
    public static let quantized = Candidate(.cpu, .int8)

    /// Whether a model that runs there may be this candidate's. What an
    /// accelerator computes in may be other than what was asked for.
    func fits(_ placement: Placement) -> Bool {
        device.description == placement.device
            && (device != .cpu || precision.rawValue == placement.precision)
    }
}

extension Candidate: CustomStringConvertible {
    /// `cuda:0`, `openvino:GPU.0 in fp16`.
    public var description: String {
        precision == .fp32 ? device.description : "\(device) in \(precision.rawValue)"
    }
}
