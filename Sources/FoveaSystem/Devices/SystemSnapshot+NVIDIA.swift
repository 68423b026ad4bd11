import FoveaBackends
import FoveaCore

/// An NVIDIA GPU, from whatever tells of it.
package struct NVIDIACard {
    /// The number in `cuda:0`.
    package let index: Int
    package let name: String
    /// `nil` under WSL 2, where Windows has the bus.
    package let address: String?
    /// `nil` for an id that is not in the table, and under WSL 2.
    package let computeCapability: ComputeCapability?
    /// Whether a kernel driver and a node are there for it.
    package let isReachable: Bool

    /// The ways to drive it.
    func kinds(installed: Set<RuntimePackage>, libraries: LibraryFacts) -> [DeviceKind] {
        var kinds: [DeviceKind] = [.cuda]
        // TensorRT for RTX starts with Ampere.
        let isAmpere = computeCapability.map { $0 >= ComputeCapability(8, 0) } ?? false
        if installed.contains(.tensorRTRTX), isAmpere { kinds.append(.tensorRTRTX) }
        // The CUDA 13 package has a TensorRT provider that wants TensorRT 10.
        if installed.contains(.cuda13), libraries["libnvinfer.so.10"] != nil { kinds.append(.tensorrt) }
        return kinds
    }
}

extension SystemSnapshot {
    /// NVIDIA's GPUs by bus address. The driver's own list counts where there
    /// is one: in a container it has only the GPUs that were passed.
    package var nvidiaGPUs: [NVIDIACard] {
        let cards = pci(of: .nvidia)
        if nvidia.gpus.isEmpty, cards.isEmpty { return windowsNVIDIAGPUs }
        let addresses = nvidia.gpus.isEmpty ? cards.map(\.address) : nvidia.gpus.map(\.address)
        return addresses.enumerated().map { index, address in
            let card = cards.first { $0.address == address }
            let gpu = nvidia.gpus.first { $0.address == address }
            let node = gpu?.minor.map { "/dev/nvidia\($0)" }
            let hasNode =
                node.map { path in nvidia.nodes.contains { $0.path == path } } ?? !nvidia.gpuNodes.isEmpty
            return NVIDIACard(
                index: index, name: gpu?.model ?? card.map(Self.nvidiaName) ?? "NVIDIA GPU", address: address,
                computeCapability: card.flatMap { NVIDIAChip(device: $0.device)?.computeCapability },
                isReachable: nvidia.driver != nil && hasNode)
        }
    }

    /// Windows shows neither bus nor driver version: that its CUDA library is
    /// there is all that files tell.
    private var windowsNVIDIAGPUs: [NVIDIACard] {
        guard let wsl, wsl.node != nil else { return [] }
        let hasCUDA = libraries["libcuda.so.1"] != nil
        guard hasCUDA || wsl.vendors.contains(.nvidia) else { return [] }
        return [
            NVIDIACard(
                index: 0, name: "NVIDIA GPU of Windows", address: nil, computeCapability: nil,
                isReachable: hasCUDA)
        ]
    }

    private static func nvidiaName(_ card: PCIDevice) -> String {
        NVIDIAChip(device: card.device).map { "NVIDIA \($0.name) (\(card.ids))" }
            ?? "NVIDIA GPU (\(card.ids))"
    }
}
