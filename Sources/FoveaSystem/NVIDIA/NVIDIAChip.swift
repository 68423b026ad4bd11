/// What a GPU's PCI device id says about an NVIDIA chip.
///
/// NVIDIA gives each chip a block of ids. The blocks are those of the PCI ID
/// Repository (https://pci-ids.ucw.cz, `pci.ids`), where each product is listed
/// with the code name of its chip; the compute capabilities are those of
/// https://developer.nvidia.com/cuda-gpus and cuda-legacy-gpus. Ids outside of
/// the blocks are of chips that are newer or much older than the table.
public struct NVIDIAChip: Sendable, Hashable {
    /// Code names of the chips in the block, such as `GM204`.
    public var name: String
    /// What code it runs.
    public var computeCapability: ComputeCapability

    /// Its generation.
    public var architecture: NVIDIAArchitecture? { NVIDIAArchitecture(computeCapability) }

    /// - Parameter device: the PCI device id, such as 0x13c0.
    public init?(device: UInt16) {
        guard let block = Self.blocks.first(where: { $0.ids.contains(device) }) else { return nil }
        self = NVIDIAChip(name: block.name, computeCapability: block.capability)
    }

    private init(name: String, computeCapability: ComputeCapability) {
        self.name = name
        self.computeCapability = computeCapability
    }

    private struct Block {
        let ids: ClosedRange<UInt16>
        let name: String
        let capability: ComputeCapability

        init(_ ids: ClosedRange<UInt16>, _ name: String, _ major: Int, _ minor: Int) {
            self.ids = ids
            self.name = name
            capability = ComputeCapability(major, minor)
        }
    }

    private static let blocks = [
        Block(0x06c0...0x06df, "GF100", 2, 0), Block(0x0dc0...0x0dff, "GF106/108", 2, 1),
        Block(0x0e22...0x0e3b, "GF104", 2, 1), Block(0x0f00...0x0f1f, "GF108", 2, 1),
        Block(0x1040...0x107f, "GF119", 2, 1), Block(0x1080...0x109b, "GF110", 2, 0),
        Block(0x1140...0x1140, "GF117", 2, 1), Block(0x1200...0x1251, "GF114/116", 2, 1),

        Block(0x0fc0...0x0fff, "GK107", 3, 0), Block(0x102d...0x102d, "GK210", 3, 7),
        Block(0x1001...0x103f, "GK110", 3, 5), Block(0x1180...0x11ff, "GK104/106", 3, 0),
        Block(0x1280...0x12ba, "GK208", 3, 5),

        Block(0x1340...0x13bd, "GM107/108", 5, 0), Block(0x174d...0x179c, "GM107/108", 5, 0),
        Block(0x13be...0x13ff, "GM204", 5, 2), Block(0x1401...0x1436, "GM206", 5, 2),
        Block(0x1613...0x1676, "GM204", 5, 2), Block(0x17c2...0x17fd, "GM200", 5, 2),

        Block(0x15c2...0x15ff, "GP100", 6, 0), Block(0x1725...0x172f, "GP100", 6, 0),
        Block(0x1b00...0x1d56, "GP102/104/106/107/108", 6, 1),

        Block(0x1d81...0x1dff, "GV100", 7, 0),

        Block(0x1e02...0x1ff9, "TU102/104/106/117", 7, 5), Block(0x2182...0x21d1, "TU116", 7, 5),

        Block(0x2080...0x20ff, "GA100", 8, 0), Block(0x2200...0x223f, "GA102", 8, 6),
        Block(0x2414...0x25fb, "GA103/104/106/107", 8, 6),

        Block(0x2302...0x23f0, "GH100", 9, 0),
        Block(0x2681...0x28f8, "AD102/103/104/106/107", 8, 9),

        Block(0x2900...0x297e, "GB100", 10, 0), Block(0x3180...0x31fe, "GB110", 10, 3),
        Block(0x2b00...0x2b00, "GB10B", 11, 0), Block(0x2b85...0x2df9, "GB202/203/206/207", 12, 0),
        Block(0x2e03...0x2e2a, "GB20B", 12, 1), Block(0x2f04...0x2f80, "GB205", 12, 0),
    ]
}
