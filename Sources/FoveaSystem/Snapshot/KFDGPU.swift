/// A GPU that AMD's compute driver knows: a node of its topology that has
/// compute units.
public struct KFDGPU: Sendable, Hashable, Codable {
    /// The node's number in the topology.
    public var node: Int
    /// Its instruction set.
    public var target: GFXTarget
    /// The PCI id of the chip.
    public var device: UInt16?
    /// Where it is on the PCI bus.
    public var address: String?
    /// Its memory, in bytes: of a processor's own graphics, the part that is
    /// set aside for them.
    public var memoryBytes: UInt64?

    /// Reads `/sys/class/kfd/kfd/topology/nodes`. Processors are nodes too,
    /// with a target of 0.
    static func all(in source: some SystemSource) -> [KFDGPU] {
        let folder = "/sys/class/kfd/kfd/topology/nodes"
        return source.names(in: folder).compactMap { Int($0) }.sorted().compactMap { node in
            let properties = Self.properties(source.text("\(folder)/\(node)/properties"))
            guard let version = properties["gfx_target_version"],
                let target = GFXTarget(version: Int(version))
            else { return nil }
            let memory = source.names(in: "\(folder)/\(node)/mem_banks").compactMap {
                Self.properties(source.text("\(folder)/\(node)/mem_banks/\($0)/properties"))["size_in_bytes"]
            }
            return KFDGPU(
                node: node, target: target,
                device: properties["device_id"].map { UInt16(truncatingIfNeeded: $0) },
                address: properties["location_id"].map { address($0, domain: properties["domain"] ?? 0) },
                memoryBytes: memory.isEmpty ? nil : memory.reduce(0, +))
        }
    }

    private static func properties(_ text: String?) -> [String: UInt64] {
        (text ?? "").split(separator: "\n").reduce(into: [:]) { values, line in
            guard let pair = KeyedLine(line, separator: " "), let value = UInt64(pair.value) else { return }
            values[pair.key] = value
        }
    }

    /// `location_id` is the bus in its upper byte, then five bits of device
    /// and three of function, as the kernel's `PCI_DEVID` packs them.
    private static func address(_ location: UInt64, domain: UInt64) -> String {
        func hex(_ value: UInt64, _ width: Int) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let bus = hex(location >> 8 & 0xff, 2)
        let slot = hex(location >> 3 & 0x1f, 2)
        return "\(hex(domain, 4)):\(bus):\(slot).\(location & 7)"
    }
}
