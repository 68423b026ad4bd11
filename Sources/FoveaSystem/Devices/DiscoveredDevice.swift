public import FoveaBackends
public import FoveaCore

/// A device that this process can reach, as far as files tell, by the name
/// that settings take.
///
/// That a device is here says that its hardware, its kernel driver and its
/// node are. Whether an engine starts on it is another question: see
/// ``Doctor``.
public struct DiscoveredDevice: Sendable, Hashable, Codable {
    /// Its name, such as `cuda:0`.
    public var device: Device
    /// What people call it, such as "NVIDIA GeForce RTX 3090".
    public var name: String
    /// Its memory in bytes, where files tell.
    public var memoryBytes: UInt64?
    /// Whether that memory is main memory, which it shares with everything else.
    public var sharesMainMemory: Bool
    /// How busy it was when the snapshot was taken, in percent, where files tell.
    public var busyPercent: Int?
    /// Where it is on the PCI bus.
    public var address: String?

    /// The devices of a system, preferred ones first: by ``DeviceKind``'s order,
    /// then by number.
    ///
    /// - `cuda:0` counts the GPUs by their bus addresses. CUDA itself counts
    ///   the fastest first, unless `CUDA_DEVICE_ORDER` is `PCI_BUS_ID`.
    /// - `openvino:GPU.0` is the processor's own GPU where there is one; the
    ///   others follow by bus address. OpenVINO promises the first and leaves
    ///   the rest to the driver ("Device Naming Convention" of its GPU device).
    ///
    /// - Parameter installed: packages that add ways to drive a device, such as
    ///   `tensorrt-rtx:0` beside `cuda:0`, or `openvino:CPU` beside `cpu`.
    public static func all(
        in snapshot: SystemSnapshot, installed: Set<RuntimePackage> = []
    ) -> [DiscoveredDevice] {
        let devices =
            board(snapshot) + nvidia(snapshot, installed) + amd(snapshot, installed) + intel(snapshot)
            + vulkan(snapshot) + processor(snapshot, installed)
        let order = DeviceKind.allCases
        func rank(_ item: DiscoveredDevice) -> Int { order.firstIndex(of: item.device.kind) ?? order.count }
        return devices.enumerated()
            .sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
    }
}

extension DiscoveredDevice {
    init(
        _ device: Device, _ name: String, memoryBytes: UInt64? = nil, sharesMainMemory: Bool = false,
        busyPercent: Int? = nil, address: String? = nil
    ) {
        self.device = device
        self.name = name
        self.memoryBytes = memoryBytes
        self.sharesMainMemory = sharesMainMemory
        self.busyPercent = busyPercent
        self.address = address
    }

    private static func board(_ snapshot: SystemSnapshot) -> [DiscoveredDevice] {
        let memory = snapshot.cpu.memoryBytes
        var devices: [DiscoveredDevice] = []
        if snapshot.mali.node != nil {
            devices.append(
                DiscoveredDevice(
                    Device(.armnn), snapshot.maliName, memoryBytes: memory, sharesMainMemory: true))
        }
        if let chip = snapshot.rockchip.chip, snapshot.rockchipNode != nil {
            devices.append(
                DiscoveredDevice(
                    Device(.rknn), "NPU of the \(chip.uppercased())", memoryBytes: memory,
                    sharesMainMemory: true))
        }
        return devices
    }

    private static func nvidia(
        _ snapshot: SystemSnapshot, _ installed: Set<RuntimePackage>
    ) -> [DiscoveredDevice] {
        let gpus = snapshot.nvidiaGPUs.filter(\.isReachable)
        return gpus.flatMap { gpu in
            let kinds = gpu.kinds(installed: installed, libraries: snapshot.libraries)
            return kinds.map {
                DiscoveredDevice(Device($0, "\(gpu.index)"), gpu.name, address: gpu.address)
            }
        }
    }

    private static func amd(
        _ snapshot: SystemSnapshot, _ installed: Set<RuntimePackage>
    ) -> [DiscoveredDevice] {
        guard snapshot.kfd != nil else { return [] }
        let kinds: [DeviceKind] = installed.contains(.rocm) ? [.migraphx, .rocm] : [.migraphx]
        return snapshot.kfdGPUs.enumerated().flatMap { index, gpu in
            let node = snapshot.renderNodes.first { $0.address == gpu.address }
            return kinds.map {
                DiscoveredDevice(
                    Device($0, "\(index)"), snapshot.name(of: gpu),
                    memoryBytes: node?.memoryBytes ?? gpu.memoryBytes, busyPercent: node?.busyPercent,
                    address: gpu.address)
            }
        }
    }

    private static func intel(_ snapshot: SystemSnapshot) -> [DiscoveredDevice] {
        let gpus = snapshot.intelGPUs.filter(\.isReachable).map { gpu in
            DiscoveredDevice(
                gpu.openVINODevice, gpu.name, memoryBytes: gpu.isIntegrated ? snapshot.cpu.memoryBytes : nil,
                sharesMainMemory: gpu.isIntegrated, address: gpu.address)
        }
        let npu = snapshot.intelNPU.flatMap { node in
            node.node.map { _ in
                DiscoveredDevice(
                    Device(.openvino, "NPU"), "Intel NPU", memoryBytes: snapshot.cpu.memoryBytes,
                    sharesMainMemory: true, address: node.address)
            }
        }
        return gpus + (npu.map { [$0] } ?? [])
    }

    private static func vulkan(_ snapshot: SystemSnapshot) -> [DiscoveredDevice] {
        guard snapshot.libraries["libvulkan.so.1"] != nil else { return [] }
        return snapshot.vulkanGPUs.filter { snapshot.hasVulkanDriver(for: $0) }.enumerated().map {
            index, gpu in
            DiscoveredDevice(
                Device(.webgpu, "\(index)"), gpu.name, memoryBytes: gpu.memoryBytes,
                busyPercent: gpu.busyPercent, address: gpu.address)
        }
    }

    /// The cores, which OpenVINO drives too where it is installed.
    private static func processor(
        _ snapshot: SystemSnapshot, _ installed: Set<RuntimePackage>
    ) -> [DiscoveredDevice] {
        return (snapshot.cpu.runsOpenVINO(installed) ? [Device(.openvino, "CPU"), .cpu] : [.cpu]).map {
            DiscoveredDevice(
                $0, snapshot.cpu.model, memoryBytes: snapshot.cpu.memoryBytes, sharesMainMemory: true)
        }
    }
}
