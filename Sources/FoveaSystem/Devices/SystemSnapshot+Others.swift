/// A GPU that a Vulkan driver could drive.
struct VulkanCard {
    let name: String
    let address: String?
    let memoryBytes: UInt64?
    let busyPercent: Int?
    /// What the file names of its driver's manifests contain.
    let manifests: [String]
    /// The package of Debian that brings the driver.
    let package: String
}

extension SystemSnapshot {
    /// What to call an AMD GPU: files know no product names.
    func name(of gpu: KFDGPU) -> String {
        let ids = gpu.device.map { "1002:" + Hex.text($0) }
        return "AMD \(gpu.target)" + (ids.map { " (\($0))" } ?? "")
    }

    /// What to call the Mali.
    var maliName: String {
        mali.compatible.map { "Arm Mali (\($0))" } ?? "Arm Mali"
    }

    /// The node through which the NPU is reached: a render node of the RKNPU
    /// driver on newer kernels, `/dev/rknpu` on others.
    var rockchipNode: DeviceNode? { rockchip.node ?? rockchipRenderNode?.node }

    /// The NPU's render node, whether or not this process sees its file.
    var rockchipRenderNode: RenderNode? {
        renderNodes.first { $0.driver == "RKNPU" || $0.compatible?.hasSuffix("-rknpu") == true }
    }

    /// The kernel's own driver for Mali, where that drives it.
    var mesaMali: RenderNode? { renderNodes.first { ["panfrost", "panthor"].contains($0.driver) } }

    /// The GPUs that a Vulkan driver could drive and that this process may use,
    /// by the names of their render nodes.
    var vulkanGPUs: [VulkanCard] {
        let nvidia = nvidiaGPUs.filter { $0.isReachable && $0.address != nil }.map {
            VulkanCard(
                name: $0.name, address: $0.address, memoryBytes: nil, busyPercent: nil, manifests: ["nvidia"],
                package: "nvidia-vulkan-icd")
        }
        let others = renderNodes.filter { $0.node?.isUsable == true }.compactMap { node -> VulkanCard? in
            let card = pci.first { $0.address == node.address }
            let (name, manifests): (String, [String])
            switch node.driver {
            case "i915", "xe":
                name = intelGPUs.first { $0.address == node.address }?.name ?? "Intel GPU"
                manifests = ["intel"]
            case "amdgpu", "radeon":
                name =
                    kfdGPUs.first { $0.address == node.address }.map(self.name(of:))
                    ?? "AMD GPU" + (card.map { " (\($0.ids))" } ?? "")
                manifests = ["radeon", "amd"]
            case "panfrost", "panthor":
                name = "Arm Mali (\(node.driver ?? ""))"
                manifests = ["panfrost", "panvk"]
            default: return nil
            }
            return VulkanCard(
                name: name, address: node.address, memoryBytes: node.memoryBytes,
                busyPercent: node.busyPercent, manifests: manifests, package: "mesa-vulkan-drivers")
        }
        return nvidia + others
    }

    /// Whether the Vulkan loader is told of a driver for a GPU.
    func hasVulkanDriver(for card: VulkanCard) -> Bool {
        libraries.vulkanDrivers.contains { path in
            let name = path.split(separator: "/").last ?? ""
            return card.manifests.contains { name.contains($0) }
        }
    }
}
