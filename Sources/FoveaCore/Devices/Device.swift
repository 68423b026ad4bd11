/// A device that models can run on, by the name that people and settings use:
/// `cpu`, `cuda:0`, `openvino:GPU.1`, `webgpu:0`, `armnn`.
///
/// ```swift
/// let device = Device("openvino:GPU.1")
/// print(device?.kind, device?.id)  // openvino, "GPU.1"
/// ```
public struct Device: Sendable, Hashable {
    /// How it is driven.
    public let kind: DeviceKind
    /// Which of that kind: `0`, `GPU.1`. `nil` where there is only one.
    public let id: String?

    /// - Parameter id: `nil` for the first one, or the only one.
    public init(_ kind: DeviceKind, _ id: String? = nil) {
        self.kind = kind
        self.id = kind.hasIDs ? id ?? kind.firstID : nil
    }

    /// The host's cores, by ONNX Runtime: always there.
    public static let cpu = Device(.cpu)

    /// Whether it is the host's cores, whoever drives them.
    public var isProcessor: Bool { kind == .cpu || kind == .openvino && id == "CPU" }

    /// The number in the id: 1 for `cuda:1` and for `openvino:GPU.1`, 0 where
    /// there is none.
    public var index: Int {
        let digits = (id ?? "").reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        return Int(String(digits)) ?? 0
    }
}

extension Device: LosslessStringConvertible {
    public var description: String { id.map { "\(kind.rawValue):\($0)" } ?? kind.rawValue }

    /// `nil` where the text names no device that this version knows.
    public init?(_ description: String) {
        let parts = description.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = parts.first.flatMap({ DeviceKind(rawValue: $0.lowercased()) }) else { return nil }
        let id = parts.count > 1 ? String(parts[1]) : nil
        guard id == nil || kind.hasIDs && kind.accepts(id ?? "") else { return nil }
        self.init(kind, id)
    }
}

extension Device: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let device = Device(name) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(name)' names no device")
        }
        self = device
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
