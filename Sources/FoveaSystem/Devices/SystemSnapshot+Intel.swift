import FoveaCore

/// An Intel GPU and the number that OpenVINO gives it.
struct IntelCard {
    let openVINODevice: Device
    let name: String
    let isIntegrated: Bool
    /// `nil` under WSL 2, where Windows has the bus.
    let pci: PCIDevice?
    let gpu: IntelGPU?
    let renderNode: RenderNode?
    /// Whether there is a node for it.
    let isReachable: Bool

    var address: String? { pci?.address }
}

extension SystemSnapshot {
    /// Intel's GPUs in OpenVINO's order: the processor's own first, then by
    /// bus address. OpenVINO counts only what it can reach, so those come
    /// before the ones that have no node.
    var intelGPUs: [IntelCard] {
        let cards = pci(of: .intel).filter { $0.classCode >> 16 == 0x03 }
        guard !cards.isEmpty else { return windowsIntelGPUs }
        let sorted = cards.sorted {
            let one = (renderNode(of: $0)?.node == nil, !$0.isOnRootBus)
            let other = (renderNode(of: $1)?.node == nil, !$1.isOnRootBus)
            return (one.0 ? 1 : 0, one.1 ? 1 : 0, $0.address) < (other.0 ? 1 : 0, other.1 ? 1 : 0, $1.address)
        }
        return sorted.enumerated().map { index, card in
            let gpu = IntelGPU(device: card.device, isIntegrated: card.isOnRootBus)
            return IntelCard(
                openVINODevice: Device(.openvino, "GPU.\(index)"), name: "Intel \(gpu.name) (\(card.ids))",
                isIntegrated: card.isOnRootBus, pci: card, gpu: gpu, renderNode: renderNode(of: card),
                isReachable: renderNode(of: card)?.node != nil)
        }
    }

    /// Under WSL 2 the maker shows in Windows' driver store. Where that is not
    /// mounted, as in a container with nothing but `/dev/dxg`, an Intel
    /// processor has to do as a hint.
    private var windowsIntelGPUs: [IntelCard] {
        guard let wsl, wsl.node != nil else { return [] }
        let isKnown = wsl.vendors.contains(.intel)
        let isLikely = wsl.vendors.isEmpty && libraries["libcuda.so.1"] == nil && cpu.model.contains("Intel")
        guard isKnown || isLikely else { return [] }
        return [
            IntelCard(
                openVINODevice: Device(.openvino, "GPU.0"),
                name: isKnown ? "Intel GPU of Windows" : "GPU of Windows, probably Intel's",
                isIntegrated: true,
                pci: nil, gpu: nil, renderNode: nil, isReachable: wsl.hasLibraries)
        ]
    }

    /// Intel's NPU, by its kernel driver.
    var intelNPU: RenderNode? { accelerators.first { $0.driver == "intel_vpu" } }
}
