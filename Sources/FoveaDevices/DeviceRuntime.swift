package import FoveaBackends
package import FoveaCore
package import Foundation
package import FoveaSystem

/// The files that drive a device.
package struct DeviceRuntime: Sendable, Hashable {
    /// The installed package they are from; `nil` for what needs none.
    package var package: RuntimePackage?
    /// The ONNX Runtime to open; `nil` for the one that serves the processor.
    package var base: String?
    /// The provider's library, where it plugs into that.
    package var plugIn: String?
    /// Libraries to open before, in this order.
    package var preloads: [String] = []

    package init(package: RuntimePackage? = nil) { self.package = package }

    init(_ package: RuntimePackage, in folder: URL) {
        self.package = package
        func path(_ name: String) -> String { folder.appending(path: name).path }
        base = package == .onnxruntime ? nil : package.baseLibrary.map(path)
        if package.baseLibrary == nil { plugIn = path(package.mainLibrary) }
        preloads = package.dependencies.map(path)
    }

    /// Whether a process that has opened this one can open the other too: one
    /// ONNX Runtime a process, and plug-ins on those that take them.
    package func carries(_ other: DeviceRuntime) -> Bool {
        if other.base == base { return true }
        return other.base == nil && package == .cuda13
    }
}

/// Chooses among what is installed.
package struct DeviceRuntimes: Sendable {
    package let snapshot: SystemSnapshot
    package let installed: [RuntimePackage: URL]

    package init(snapshot: SystemSnapshot, installed: [RuntimePackage: URL]) {
        self.snapshot = snapshot
        self.installed = installed
    }

    /// - Throws: ``FoveaError/Code/engineUnavailable`` where nothing that is
    ///   installed drives the device, with the command that changes it.
    package func runtime(for device: Device) throws -> DeviceRuntime {
        switch device.kind {
        case .cpu, .armnn, .rknn: return DeviceRuntime()
        case .openvino: return try first(of: openVINOPackages(for: device), for: device)
        case .webgpu: return try first(of: [.webgpu], for: device)
        case .tensorRTRTX: return try first(of: [.tensorRTRTX], for: device)
        case .migraphx: return try first(of: [.migraphx], for: device)
        case .rocm: return try first(of: [.rocm], for: device)
        case .cuda, .tensorrt: return try cuda(device)
        }
    }

    /// The plug-in is newer. It lists no processor but Intel's, though, which
    /// the classic provider runs on as well.
    private func openVINOPackages(for device: Device) -> [RuntimePackage] {
        device.id == "CPU" && !snapshot.cpu.isIntel
            ? [.openvinoClassic, .openvino] : [.openvino, .openvinoClassic]
    }

    private func cuda(_ device: Device) throws -> DeviceRuntime {
        let packages = Set(installed.keys)
        let cards = snapshot.nvidiaGPUs
        guard let card = cards.first(where: { $0.index == device.index }),
            let capability = card.computeCapability, let text = snapshot.nvidia.driver
        else {
            // No file tells what it is, as under Windows: the newest that is there.
            return try first(of: [.cuda13, .cuda12, .cuda12Maxwell], for: device)
        }
        let driver = NVIDIADriver(text)
        switch CUDARuntimeChoice.choose(driver: driver, computeCapability: capability, among: packages) {
        case .use(let package): return try first(of: [package], for: device)
        case .unsupported:
            switch CUDARuntimeChoice.choose(driver: driver, computeCapability: capability) {
            case .use(let package): throw missing(package, for: device)
            case .unsupported(let reason, let nextStep):
                throw FoveaError(.engineUnavailable, "\(device) cannot be used: \(reason) \(nextStep)")
            }
        }
    }

    private func first(of packages: [RuntimePackage], for device: Device) throws -> DeviceRuntime {
        for package in packages {
            if let folder = installed[package] { return DeviceRuntime(package, in: folder) }
        }
        throw missing(packages[0], for: device)
    }

    private func missing(_ package: RuntimePackage, for device: Device) -> FoveaError {
        FoveaError(
            .engineUnavailable,
            """
            \(device) cannot be used: its runtime is not installed. 'fovea backends install \
            \(package.rawValue)' does it.
            """)
    }
}
