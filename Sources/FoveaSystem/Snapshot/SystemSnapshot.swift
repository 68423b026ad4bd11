/// What a machine has, as far as its files tell: nothing is opened or started
/// to find it out.
///
/// A snapshot is a value. It can be encoded, sent along with a report, and
/// examined elsewhere:
///
/// ```swift
/// let snapshot = SystemSnapshot(reading: LocalSystem())
/// let report = Doctor.examine(snapshot, installed: [.onnxruntime])
/// ```
public struct SystemSnapshot: Sendable, Hashable, Codable {
    /// The host's cores.
    public var cpu: CPUFacts
    /// The kernel, the distribution, and what contains this process.
    public var host: HostFacts
    /// Whom this process runs as.
    public var identity: ProcessIdentity
    /// The variables that change what drivers do (``watchedVariables``); no
    /// other ones, so that a snapshot carries no secrets.
    public var environment: [String: String]
    /// The display controllers and accelerators on the PCI bus, by address.
    public var pci: [PCIDevice]
    /// NVIDIA's driver and what it drives.
    public var nvidia: NVIDIAFacts
    /// The render nodes of the kernel's graphics drivers, by name.
    public var renderNodes: [RenderNode]
    /// AMD's compute driver; `nil` where there is no `/dev/kfd`.
    public var kfd: DeviceNode?
    /// The GPUs that AMD's compute driver knows, in its order.
    public var kfdGPUs: [KFDGPU]
    /// The compute accelerators under `/dev/accel`, such as Intel's NPU.
    public var accelerators: [RenderNode]
    /// Arm's Mali by the vendor's kernel driver.
    public var mali: MaliFacts
    /// Rockchip's NPU.
    public var rockchip: RockchipFacts
    /// Windows' side of WSL 2; `nil` elsewhere.
    public var wsl: WSLFacts?
    /// The vendors' libraries that were found.
    public var libraries: LibraryFacts

    /// The variables that are kept in ``environment``.
    public static let watchedVariables = [
        "CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "HSA_OVERRIDE_GFX_VERSION",
        "HSA_USE_SVM", "LD_LIBRARY_PATH", "LIBRKNNRT_PATH", "MACHINE_LEARNING_DEVICE_IDS",
        "NVIDIA_DRIVER_CAPABILITIES",
        "NVIDIA_VISIBLE_DEVICES", "OCL_ICD_VENDORS", "VK_DRIVER_FILES", "VK_ICD_FILENAMES",
    ]
}

extension SystemSnapshot {
    /// Reads everything there is to know. Takes some milliseconds, in which it
    /// blocks on files.
    public init(reading source: some SystemSource) {
        let host = HostFacts(reading: source)
        self.host = host
        cpu = CPUFacts(reading: source)
        identity = source.identity
        environment = source.environment.filter { Self.watchedVariables.contains($0.key) }
        pci = PCIDevice.all(in: source)
        nvidia = NVIDIAFacts(reading: source)
        renderNodes = RenderNode.all(
            in: source, nodes: "/dev/dri", class: "/sys/class/drm", prefix: "renderD")
        accelerators = RenderNode.all(
            in: source, nodes: "/dev/accel", class: "/sys/class/accel", prefix: "accel")
        kfd = DeviceNode("/dev/kfd", in: source)
        kfdGPUs = KFDGPU.all(in: source)
        mali = MaliFacts(reading: source)
        rockchip = RockchipFacts(reading: source)
        wsl = host.isWSL ? WSLFacts(reading: source) : nil
        libraries = LibraryFacts(reading: source)
    }

    /// The devices of one maker on the PCI bus, by address.
    public func pci(of vendor: PCIVendor) -> [PCIDevice] { pci.filter { $0.vendor == vendor.rawValue } }

    /// The render node that belongs to a PCI device.
    public func renderNode(of device: PCIDevice) -> RenderNode? {
        renderNodes.first { $0.address == device.address }
    }
}
