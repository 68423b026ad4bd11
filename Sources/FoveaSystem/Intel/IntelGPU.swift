/// What a PCI device id says about an Intel GPU.
///
/// Ids and code names are those of the PCI ID Repository
/// (https://pci-ids.ucw.cz).
public struct IntelGPU: Sendable, Hashable {
    /// What to call it, such as "Arc (Battlemage)".
    public var name: String
    /// The first kernel that drives it without being told to; `nil` where any
    /// kernel in use does.
    public var firstKernel: KernelVersion?
    /// Whether Intel's current compute runtime has dropped it: 24.35 was the
    /// last for generations 8 to 11
    /// (https://github.com/intel/compute-runtime, README and LEGACY_PLATFORMS.md).
    public var needsLegacyRuntime: Bool

    /// - Parameters:
    ///   - device: the PCI device id, such as 0xe20b.
    ///   - isIntegrated: whether it is part of a processor.
    public init(device: UInt16, isIntegrated: Bool) {
        let family = Self.families.first { $0.ids.contains { $0.contains(device) } }
        name = family?.name ?? (isIntegrated ? "integrated graphics" : "graphics card")
        firstKernel = family?.firstKernel
        needsLegacyRuntime = family?.needsLegacyRuntime ?? false
    }

    private struct Family {
        var name: String
        var ids: [ClosedRange<UInt16>]
        var firstKernel: KernelVersion?
        var needsLegacyRuntime = false
    }

    /// Kernels: 6.2 for Arc A, by OpenVINO's "Configurations for Intel
    /// Processor Graphics"; 6.12 for Lunar Lake and Battlemage, the first whose
    /// xe driver takes them without `force_probe` (on 6.8 no driver does:
    /// intel-gpu/intel-gpu-i915-backports#209; 6.11 wants `force_probe`);
    /// 6.17 for Panther Lake.
    private static let families = [
        Family(name: "Arc (Battlemage)", ids: [0xe200...0xe2ff], firstKernel: KernelVersion(6, 12)),
        Family(
            name: "Arc graphics of Lunar Lake", ids: [0x6420...0x6420, 0x64a0...0x64a0, 0x64b0...0x64b0],
            firstKernel: KernelVersion(6, 12)),
        Family(name: "graphics of Panther Lake", ids: [0xb080...0xb0b0], firstKernel: KernelVersion(6, 17)),
        Family(
            name: "Arc (Alchemist)", ids: [0x4f80...0x4f88, 0x5690...0x56bf], firstKernel: KernelVersion(6, 2)
        ),
        Family(name: "Data Center GPU Flex", ids: [0x56c0...0x56c2], firstKernel: KernelVersion(6, 2)),
        Family(name: "graphics of Meteor or Arrow Lake", ids: [0x7d40...0x7dd5]),
        Family(
            name: "UHD or Iris Xe graphics, generation 12",
            ids: [0x9a40...0x9af8, 0x4c8a...0x4c9a, 0x4626...0x46d4, 0xa720...0xa7ad]),
        Family(
            name: "graphics of generation 11", ids: [0x8a50...0x8a71, 0x4e51...0x4e71, 0x4541...0x4571],
            needsLegacyRuntime: true),
        Family(
            name: "HD or UHD graphics, generation 9",
            ids: [
                0x1902...0x193d, 0x5902...0x5927, 0x591a...0x593b, 0x3e90...0x3ea9, 0x9b21...0x9bf6,
                0x3184...0x3185, 0x5a84...0x5a85, 0x87c0...0x87ca,
            ],
            needsLegacyRuntime: true),
        Family(
            name: "HD graphics, generation 8", ids: [0x1602...0x163e, 0x22b0...0x22b3],
            needsLegacyRuntime: true),
    ]
}
