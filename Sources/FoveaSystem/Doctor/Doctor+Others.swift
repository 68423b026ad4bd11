import FoveaBackends
import FoveaCore

extension Doctor {
    /// Any GPU with a Vulkan driver, by WebGPU: for what has no engine of its
    /// own.
    ///
    /// - Parameter isNeeded: whether nothing else can drive a GPU here. Where
    ///   something can, this is worth a word only if it is installed.
    func vulkan(isNeeded: Bool) -> DoctorSection {
        var section = DoctorSection(.vulkan)
        let cards = snapshot.vulkanGPUs
        guard !cards.isEmpty, isNeeded || installed.contains(.webgpu) else { return section }
        section.hardware = cards.map { $0.name + ($0.address.map { ", at \($0)" } ?? "") }
        let driven = cards.filter { snapshot.hasVulkanDriver(for: $0) }
        section.devices = (driven.isEmpty ? cards : driven).indices.map { Device(.webgpu, "\($0)") }
        if snapshot.libraries["libvulkan.so.1"] == nil {
            section.add(
                DoctorProblem(
                    "vulkan.loader", "The Vulkan loader, libvulkan.so.1, is missing.",
                    nextStep: installDebian("libvulkan1")))
        }
        if driven.isEmpty {
            let isNVIDIA = cards.allSatisfy { $0.manifests == ["nvidia"] }
            let isContained = snapshot.host.container != .none
            section.add(
                DoctorProblem(
                    "vulkan.driver",
                    "No Vulkan driver for this GPU: no manifest in /usr/share/vulkan/icd.d names one.",
                    nextStep: isNVIDIA && isContained
                        ? "Start the container with the variable"
                            + " `NVIDIA_DRIVER_CAPABILITIES=compute,utility,graphics`."
                        : installDebian(cards[0].package)))
        } else {
            section.note("drivers", snapshot.libraries.vulkanDrivers.joined(separator: " "))
        }
        if !installed.contains(.webgpu) {
            section.add(
                DoctorProblem(
                    "vulkan.package", "The runtime for Vulkan, webgpu, is not installed.",
                    nextStep: install(.webgpu)))
        }
        section.conclude()
        return section
    }

    /// The host's cores: always usable, and not always fast.
    func cpu() -> DoctorSection {
        var section = DoctorSection(.cpu)
        let cpu = snapshot.cpu
        section.hardware = [
            "\(cpu.model), \(cpu.cores) \(cpu.cores == 1 ? "core" : "cores"), \(cpu.architecture)"
        ]
        section.devices = [.cpu]
        if cpu.runsOpenVINO(installed) {
            section.devices.append(Device(.openvino, "CPU"))
        }
        section.note("instructions", cpu.flags.filter { $0 != "hypervisor" }.joined(separator: " "))
        if let bytes = cpu.memoryBytes { section.note("memory", ByteCount.text(bytes)) }
        if cpu.architecture == "x86_64", !cpu.has("avx2") {
            let what = cpu.has("avx") ? "AVX2" : "AVX"
            section.add(
                DoctorProblem(
                    "cpu.avx2",
                    "The processor has no \(what). ONNX Runtime then computes four numbers at a time"
                        + " instead of eight or more: the same answers, several times slower.",
                    nextStep: cpu.has("hypervisor")
                        ? "Give the virtual machine the host's processor type (Proxmox: `qm set <id>"
                            + " --cpu host`)."
                        : "Use a small model, such as ViT-B-32__openai, or let a faster machine do the work.",
                    isBlocking: false))
        }
        section.conclude()
        return section
    }
}

/// Numbers of bytes for people.
enum ByteCount {
    /// Such as `15.6 GiB`.
    static func text(_ bytes: UInt64) -> String {
        let tenths = (bytes * 10 + (1 << 29)) >> 30
        return "\(tenths / 10).\(tenths % 10) GiB"
    }
}
