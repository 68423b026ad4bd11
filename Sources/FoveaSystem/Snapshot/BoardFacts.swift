/// Arm's Mali by the vendor's kernel driver, which is the one that Arm NN's
/// GPU backend needs.
public struct MaliFacts: Sendable, Hashable, Codable {
    /// `/dev/mali0`; `nil` where this process does not see it.
    public var node: DeviceNode?
    /// Whether the kernel has the device, whatever this process sees.
    public var isInKernel: Bool
    /// The name of the chip in the device tree, such as `arm,mali-valhall`.
    public var compatible: String?
    /// Where the command-stream firmware lies that the driver loads; `nil`
    /// where it is missing.
    public var firmware: String?
    /// Where the same firmware lies for the kernel's own driver, panthor.
    public var otherFirmware: String?

    /// Where the driver looks: the kernel's firmware folders, without a
    /// subfolder.
    private static let firmwareFolders = ["/lib/firmware/updates", "/lib/firmware", "/usr/lib/firmware"]
    static let firmwareName = "mali_csffw.bin"

    init(reading source: some SystemSource) {
        node = DeviceNode("/dev/mali0", in: source)
        isInKernel = node != nil || source.status("/sys/class/misc/mali0") != nil
        compatible =
            (source.text("/sys/class/misc/mali0/device/uevent") ?? "").split(separator: "\n")
            .compactMap { KeyedLine($0, separator: "=") }.first { $0.key == "OF_COMPATIBLE_0" }?.value
        firmware = Self.firmwareFolders.map { "\($0)/\(Self.firmwareName)" }
            .first { source.status($0)?.isReadable == true }
        otherFirmware = Self.firmwareFolders.map { "\($0)/arm/mali/arch10.8/\(Self.firmwareName)" }
            .first { source.status($0)?.isReadable == true }
    }
}

/// A Rockchip system on a chip and its NPU.
public struct RockchipFacts: Sendable, Hashable, Codable {
    /// The chip, such as `rk3588`, for those that RKNN models are made for;
    /// `nil` on other machines, and where the device tree is hidden.
    public var chip: String?
    /// The version of the NPU's kernel driver, such as `0.9.8`, where it may
    /// be read.
    public var driver: String?
    /// `/dev/rknpu`, on kernels that do not make the NPU a render node.
    public var node: DeviceNode?

    /// The chips that Immich publishes models for (`rknpu/<chip>/model.rknn`).
    static let chips = ["rk3566", "rk3568", "rk3576", "rk3588"]

    init(reading source: some SystemSource) {
        // Names, most exact first, each ended by a zero byte:
        // `radxa,rock-5b`, `rockchip,rk3588`. An RK3588S is an RK3588 to RKNN.
        let names = (source.text("/proc/device-tree/compatible") ?? "").split(separator: "\0")
        chip = Self.chips.first { chip in names.contains { $0.contains(chip) } }
        node = DeviceNode("/dev/rknpu", in: source)
        // `RKNPU driver: v0.9.3`; a module's version is bare.
        let version =
            source.text("/sys/kernel/debug/rknpu/version") ?? source.text("/sys/module/rknpu/version")
        driver = version?.split(whereSeparator: \.isWhitespace).last.map {
            String($0.hasPrefix("v") ? $0.dropFirst() : $0)
        }
    }
}

/// What Windows hands into WSL 2.
public struct WSLFacts: Sendable, Hashable, Codable {
    /// `/dev/dxg`, through which the GPUs of Windows are reached.
    public var node: DeviceNode?
    /// Whether `/usr/lib/wsl/lib` is there, with the libraries of Windows'
    /// drivers.
    public var hasLibraries: Bool
    /// The makers whose drivers are in Windows' driver store.
    public var vendors: [PCIVendor]

    init(reading source: some SystemSource) {
        node = DeviceNode("/dev/dxg", in: source)
        hasLibraries = source.status("/usr/lib/wsl/lib")?.kind == .folder
        // Folders of the driver store are named after the drivers' .inf files:
        // `nv_dispi.inf_amd64_…`, `iigd_dch.inf_amd64_…`, `u0….inf_amd64_…`.
        let stores = source.names(in: "/usr/lib/wsl/drivers").map { $0.lowercased() }
        let prefixes: [(String, PCIVendor)] = [("nv", .nvidia), ("iigd", .intel), ("u0", .amd)]
        vendors = prefixes.filter { prefix, _ in stores.contains { $0.hasPrefix(prefix) } }.map(\.1)
    }
}
