public import FoveaBackends
public import FoveaCore
public import FoveaServer
public import FoveaSystem
package import Foundation

/// This machine's devices, and what of them is there to be used.
///
/// ```swift
/// let machine = Machine()
/// print(machine.usable(settings).first ?? .cpu)  // cuda:0
/// ```
public struct Machine: Sendable {
    public let snapshot: SystemSnapshot
    public let libraries: LibraryFolder
    package let runtimes: DeviceRuntimes

    /// Looks at the system. Blocks for some milliseconds.
    public init(_ source: some SystemSource = LocalSystem(), libraries: LibraryFolder = LibraryFolder()) {
        self.init(snapshot: SystemSnapshot(reading: source), libraries: libraries)
    }

    init(snapshot: SystemSnapshot, libraries: LibraryFolder) {
        self.init(snapshot: snapshot, installed: libraries.installed, libraries: libraries)
    }

    package init(
        snapshot: SystemSnapshot, installed: [RuntimePackage: URL], libraries: LibraryFolder = LibraryFolder()
    ) {
        self.snapshot = snapshot
        self.libraries = libraries
        runtimes = DeviceRuntimes(snapshot: snapshot, installed: installed)
    }

    /// Runtimes that are installed.
    public var installed: Set<RuntimePackage> { Set(runtimes.installed.keys) }

    /// All devices, usable or not, preferred ones first.
    public var devices: [DiscoveredDevice] { DiscoveredDevice.all(in: snapshot, installed: installed) }

    /// What stands in the way of which device.
    public func doctor(_ facts: EnvironmentFacts = EnvironmentFacts()) -> DoctorReport {
        Doctor.examine(snapshot, installed: installed, facts: facts)
    }

    /// The devices that are used where nobody has chosen, preferred ones first;
    /// the processor is always there, and last.
    public func usable(_ settings: Settings) -> [Device] {
        doctor().usable.filter { device in
            switch device.kind {
            case .armnn: settings.accelerators.usesArmNN
            case .rknn: settings.accelerators.usesRKNN
            // For those who ask for them, or for a processor by another name.
            case .tensorrt, .rocm, .cpu: false
            case .openvino: device.id != "CPU"
            case .tensorRTRTX, .cuda, .migraphx, .webgpu: true
            }
        } + [.cpu]
    }

    /// What may run models on the processor faster than ONNX Runtime does:
    /// OpenVINO, where it is installed and takes this one.
    var processorAlternative: Device? {
        let device = Device(.openvino, "CPU")
        return doctor().isUsable(device) ? device : nil
    }

    /// What proofs on a device depend on.
    public func driver(of device: Device) -> String {
        switch device.kind {
        case .cuda, .tensorrt, .tensorRTRTX: snapshot.nvidia.driver ?? ""
        // Their drivers come with the kernel.
        case .openvino where device.id == "CPU", .cpu: ""
        case .openvino, .webgpu, .migraphx, .rocm, .armnn, .rknn: snapshot.host.kernel
        }
    }

    public func name(of device: Device) -> String {
        devices.first { $0.device == device }?.name ?? ""
    }
}
