import FoveaBackends
import FoveaCore

extension Doctor {
    /// Intel's GPUs and NPU, by OpenVINO.
    func intel() -> DoctorSection {
        var section = DoctorSection(.intel)
        let cards = snapshot.intelGPUs
        for card in cards {
            section.hardware.append(card.name + (card.address.map { ", at \($0)" } ?? ""))
            section.devices.append(card.openVINODevice)
        }
        if let npu = snapshot.intelNPU {
            section.hardware.append("Intel NPU, \(npu.name)")
            section.devices.append(Device(.openvino, "NPU"))
        }
        if !section.hardware.isEmpty {
            if snapshot.host.isWSL, snapshot.pci(of: .intel).isEmpty {
                reachWindows(&section)
            } else {
                reachIntel(cards, &section)
            }
            let reachable = cards.filter { card in
                !section.problems.contains {
                    $0.isBlocking && ($0.devices.isEmpty || $0.devices.contains(card.openVINODevice))
                }
            }
            if !reachable.isEmpty { loadOpenCL(for: reachable, &section) }
            if let npu = snapshot.intelNPU { examineNPU(npu, &section) }
            if !reachable.isEmpty || snapshot.intelNPU != nil { examineOpenVINO(&section) }
        }
        section.conclude()
        return section
    }

    /// Kernel driver and node of each GPU.
    private func reachIntel(_ cards: [IntelCard], _ section: inout DoctorSection) {
        let access = NodeAccess(host: snapshot.host, identity: snapshot.identity)
        for card in cards {
            guard let pci = card.pci else { continue }
            let devices = [card.openVINODevice]
            section.note(
                "driver",
                "\(pci.driver ?? "none is bound") for \(card.openVINODevice)"
                    + (card.gpu?.firstKernel.map { "; needed: kernel \($0) or newer" } ?? ""))
            guard pci.driver != nil else {
                section.add(explainNoDriver(card, devices))
                continue
            }
            guard let render = card.renderNode, let node = render.node else {
                section.add(
                    DoctorProblem(
                        "intel.container",
                        "The kernel drives the GPU, and its node /dev/dri/"
                            + "\(card.renderNode?.name ?? "renderD128") is missing here.",
                        nextStep: snapshot.host.container == .none
                            ? "See in `sudo dmesg | grep -i drm` why the driver made no node."
                            : access.pass(
                                ["/dev/dri"], example: card.renderNode.map { "/dev/dri/\($0.name)" }),
                        devices: devices))
                continue
            }
            section.note("node", "\(node.path) for \(card.openVINODevice)")
            if let obstacle = access.obstacle(node) {
                section.add(
                    DoctorProblem(
                        "intel.\(obstacle.id)", obstacle.message, nextStep: obstacle.nextStep,
                        devices: devices))
            } else if snapshot.host.isUnprivileged, !card.isIntegrated {
                // community-scripts/ProxmoxVE#13756
                section.add(
                    DoctorProblem(
                        "intel.unprivileged-arc",
                        "OpenVINO has crashed on Arc in unprivileged containers.",
                        nextStep: "If it does here, make the container a privileged one.", isBlocking: false,
                        devices: devices))
            }
        }
    }

    private func explainNoDriver(_ card: IntelCard, _ devices: [Device]) -> DoctorProblem {
        let running = snapshot.host.kernelVersion
        if let first = card.gpu?.firstKernel, let running, running < first {
            return DoctorProblem(
                "intel.kernel",
                "Kernel \(running) has no driver for this GPU; \(first) is the first that has.",
                nextStep: "Install kernel \(first) or newer on the host, and restart it.", devices: devices)
        }
        // i915 stops before Lunar Lake; xe begins there.
        let module = (card.gpu?.firstKernel).map { $0 >= KernelVersion(6, 12) } == true ? "xe" : "i915"
        return DoctorProblem(
            "intel.kernel-driver", "No kernel driver is bound to this GPU.",
            nextStep: "Load it on the host: `sudo modprobe \(module)`.", devices: devices)
    }

    /// Under WSL 2: Windows' driver, handed through `/dev/dxg` and a folder.
    private func reachWindows(_ section: inout DoctorSection) {
        guard let wsl = snapshot.wsl, let node = wsl.node else { return }
        section.note("driver", "that of Windows, through \(node.path)")
        if !wsl.hasLibraries {
            section.add(
                DoctorProblem(
                    "intel.wsl-libraries",
                    "The libraries of Windows' drivers, /usr/lib/wsl, are missing here.",
                    nextStep: "Start the container with `--volume /usr/lib/wsl:/usr/lib/wsl`."))
        }
        let access = NodeAccess(host: snapshot.host, identity: snapshot.identity)
        if let obstacle = access.obstacle(node) {
            section.add(DoctorProblem("intel.\(obstacle.id)", obstacle.message, nextStep: obstacle.nextStep))
        }
    }

    /// OpenVINO's GPU plug-in computes through OpenCL.
    private func loadOpenCL(for cards: [IntelCard], _ section: inout DoctorSection) {
        let devices = cards.map(\.openVINODevice)
        let drivers = snapshot.libraries.openCLDrivers.filter {
            $0.contains("igdrcl") || $0.contains("intel")
        }
        let loader = snapshot.libraries["libOpenCL.so.1"]
        section.note("libraries", ([loader].compactMap(\.self) + drivers).joined(separator: " "))
        let isOld = cards.contains { $0.gpu?.needsLegacyRuntime ?? false }
        if isOld { section.note("needed", "a compute runtime up to 24.35, the last for this generation") }
        if loader == nil {
            section.add(
                DoctorProblem(
                    "intel.opencl-loader", "The OpenCL loader, libOpenCL.so.1, is missing.",
                    nextStep: installDebian("ocl-icd-libopencl1"), devices: devices))
        }
        guard drivers.isEmpty else { return }
        let isNew = cards.contains { $0.gpu?.firstKernel.map { $0 >= KernelVersion(6, 12) } ?? false }
        section.add(
            DoctorProblem(
                "intel.opencl-driver",
                "Intel's compute runtime is missing: no file in /etc/OpenCL/vendors names it.",
                nextStep: isNew
                    ? "Install it from github.com/intel/compute-runtime/releases: distributions' may"
                        + " be older than this GPU."
                    : installDebian("intel-opencl-icd"), devices: devices))
    }

    private func examineNPU(_ npu: RenderNode, _ section: inout DoctorSection) {
        let devices = [Device(.openvino, "NPU")]
        let access = NodeAccess(host: snapshot.host, identity: snapshot.identity)
        guard let node = npu.node else {
            return section.add(
                DoctorProblem(
                    "intel.npu-node",
                    "The kernel drives the NPU, and /dev/accel/\(npu.name) is missing here.",
                    nextStep: access.pass(["/dev/accel/\(npu.name)"]), devices: devices))
        }
        if let obstacle = access.obstacle(node) {
            section.add(
                DoctorProblem(
                    "intel.npu-\(obstacle.id)", obstacle.message, nextStep: obstacle.nextStep,
                    devices: devices))
        } else if snapshot.libraries["libze_loader.so.1"] == nil {
            section.add(
                DoctorProblem(
                    "intel.npu-loader", "The Level Zero loader, libze_loader.so.1, is missing.",
                    nextStep: installDebian("libze1"), devices: devices))
        } else if snapshot.libraries.first("libze_intel_") == nil {
            section.add(
                DoctorProblem(
                    "intel.npu-driver", "The NPU's own library, libze_intel_npu.so.1, is missing.",
                    nextStep: "Install Intel's NPU driver from github.com/intel/linux-npu-driver/releases.",
                    devices: devices))
        }
    }

    private func examineOpenVINO(_ section: inout DoctorSection) {
        let packages: Set<RuntimePackage> = [.openvino, .openvinoClassic]
        let there = installed.intersection(packages)
        guard there.isEmpty else {
            return section.note("runtime", there.map(\.rawValue).sorted().joined(separator: " "))
        }
        section.add(
            DoctorProblem(
                "intel.package", "The runtime for Intel, openvino, is not installed.",
                nextStep: install(.openvino)))
    }
}
