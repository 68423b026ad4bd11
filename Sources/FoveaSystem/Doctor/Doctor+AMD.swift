import FoveaBackends
import FoveaCore

extension Doctor {
    /// AMD's GPUs, by ROCm and MIGraphX.
    func amd() -> DoctorSection {
        var section = DoctorSection(.amd)
        let gpus = snapshot.kfdGPUs
        let cards = snapshot.pci(of: .amd)
        let kinds: [DeviceKind] = installed.contains(.rocm) ? [.migraphx, .rocm] : [.migraphx]
        for (index, gpu) in gpus.enumerated() {
            section.hardware.append(snapshot.name(of: gpu) + (gpu.address.map { ", at \($0)" } ?? ""))
            section.devices += kinds.map { Device($0, "\(index)") }
        }
        if gpus.isEmpty {
            section.hardware = cards.map { "AMD GPU (\($0.ids)), at \($0.address)" }
            section.devices = cards.indices.map { Device(.migraphx, "\($0)") }
            if !cards.isEmpty { explainNoCompute(cards, &section) }
        } else if reachAMD(&section), supportAMD(gpus, &section) {
            loadROCm(&section)
        }
        section.conclude()
        return section
    }

    /// There are cards, and the kernel's compute driver knows none of them.
    private func explainNoCompute(_ cards: [PCIDevice], _ section: inout DoctorSection) {
        let drivers = Set(cards.compactMap(\.driver))
        section.note("driver", drivers.isEmpty ? "none is bound" : drivers.sorted().joined(separator: " "))
        let old = drivers.contains("radeon")
        section.add(
            DoctorProblem(
                "amd.compute",
                old
                    ? "The driver radeon drives this card: it is older than anything ROCm knows."
                    : "The kernel offers no compute (KFD) on this card.",
                nextStep: old
                    ? "Run on another GPU, or on the CPU."
                    : drivers.contains("amdgpu")
                        ? "Use a kernel that is built with CONFIG_HSA_AMD, as those of Debian and Ubuntu are."
                        : "Load the driver on the host: `sudo modprobe amdgpu`."))
    }

    /// Whether this process has the nodes that ROCm uses.
    private func reachAMD(_ section: inout DoctorSection) -> Bool {
        section.note(
            "driver", "amdgpu of kernel \(snapshot.host.kernel); needed: ROCm 7.2's libraries on top")
        let access = NodeAccess(host: snapshot.host, identity: snapshot.identity)
        let render = snapshot.renderNodes.filter { $0.driver == "amdgpu" }
        guard let kfd = snapshot.kfd, render.contains(where: { $0.node != nil }) || render.isEmpty else {
            let missing = snapshot.kfd == nil ? "/dev/kfd" : "/dev/dri"
            section.add(
                DoctorProblem(
                    "amd.container", "The host has the GPU, and \(missing) is missing here.",
                    nextStep: snapshot.host.container == .none
                        ? "Load the driver again: `sudo modprobe -r amdgpu && sudo modprobe amdgpu`."
                        : access.pass(
                            ["/dev/kfd", "/dev/dri"], example: render.first.map { "/dev/dri/\($0.name)" })))
            return false
        }
        let nodes = [kfd] + render.compactMap(\.node)
        section.note("nodes", nodes.map(\.path).joined(separator: " "))
        for node in nodes {
            guard let obstacle = access.obstacle(node) else { continue }
            section.add(DoctorProblem("amd.\(obstacle.id)", obstacle.message, nextStep: obstacle.nextStep))
        }
        return !section.problems.contains(where: \.isBlocking)
    }

    /// Whether ROCm has code for any of the GPUs.
    private func supportAMD(_ gpus: [KFDGPU], _ section: inout DoctorSection) -> Bool {
        let current = snapshot.environment["HSA_OVERRIDE_GFX_VERSION"]
        if let current { section.note("override", "HSA_OVERRIDE_GFX_VERSION=\(current)") }
        for (index, gpu) in gpus.enumerated() {
            let devices = section.devices.filter { $0.index == index }
            switch ROCmSupport(gpu.target) {
            case .supported: continue
            case .byOverride(let version) where current == nil:
                section.add(
                    DoctorProblem(
                        "amd.override",
                        "ROCm 7.2 has no code for \(gpu.target). It may run that of a near relative.",
                        nextStep: "Set HSA_OVERRIDE_GFX_VERSION=\(version)"
                            + (gpu.target.major == 11 ? " and HSA_USE_SVM=0" : "")
                            + ", then see whether answers agree: `fovea verify --device migraphx:\(index)`.",
                        devices: devices))
            case .byOverride: continue
            case .unsupported:
                let hasWebGPU = installed.contains(.webgpu)
                section.add(
                    DoctorProblem(
                        "amd.target",
                        "ROCm 7.2 has no code for \(gpu.target), nor for a near relative of it.",
                        nextStep: hasWebGPU ? "Use the device `webgpu:0` instead." : install(.webgpu),
                        devices: devices))
            }
        }
        return section.devices.contains { device in
            !section.problems.contains { $0.id == "amd.target" && $0.devices.contains(device) }
        }
    }

    /// What MIGraphX's provider needs: ROCm is the host's or the image's.
    private func loadROCm(_ section: inout DoctorSection) {
        let needed = ["libamdhip64.so.7", "libmigraphx_c.so.3"]
        let missing = needed.filter { snapshot.libraries[$0] == nil }
        section.note("libraries", needed.compactMap { snapshot.libraries[$0] }.joined(separator: " "))
        if !missing.isEmpty {
            let other = snapshot.libraries.first("libamdhip64.so.")
            section.add(
                DoctorProblem(
                    "amd.rocm",
                    "Missing of ROCm 7.2: \(missing.joined(separator: ", "))."
                        + (other.map {
                            $0 == "libamdhip64.so.7" ? "" : " There is \($0), of another version."
                        } ?? ""),
                    nextStep:
                        "Install ROCm 7.2 with MIGraphX from AMD's repository: packages rocm and migraphx."))
        }
        if installed.isDisjoint(with: [.migraphx, .rocm]) {
            section.add(
                DoctorProblem(
                    "amd.package", "The runtime for AMD, migraphx, is not installed.",
                    nextStep: install(.migraphx)))
        }
    }
}
