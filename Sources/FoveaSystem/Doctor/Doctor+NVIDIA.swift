import FoveaBackends
import FoveaCore

extension Doctor {
    /// NVIDIA's cards, by CUDA.
    func nvidia() -> DoctorSection {
        var section = DoctorSection(.nvidia)
        let cards = snapshot.nvidiaGPUs
        let driver = facts.nvidiaDriver ?? snapshot.nvidia.driver.flatMap { NVIDIADriver($0) }
        for card in cards {
            let capability = capability(of: card)
            let kind = capability.map { "compute capability \($0)" } ?? "compute capability unknown"
            section.hardware.append("\(card.name), \(kind)" + (card.address.map { ", at \($0)" } ?? ""))
            section.devices += card.kinds(installed: installed, libraries: snapshot.libraries)
                .map { Device($0, "\(card.index)") }
        }
        if !cards.isEmpty {
            describeDriver(driver, &section)
            if reachNVIDIA(cards, driver, &section) {
                for card in cards { chooseRuntime(for: card, driver, &section) }
                loadCUDA(&section)
            }
        }
        section.conclude()
        return section
    }

    private func capability(of card: NVIDIACard) -> ComputeCapability? {
        facts.computeCapabilities.indices.contains(card.index)
            ? facts.computeCapabilities[card.index] : card.computeCapability
    }

    private func describeDriver(_ driver: NVIDIADriver?, _ section: inout DoctorSection) {
        guard let driver else {
            let isWindows = snapshot.host.isWSL
            return section.note(
                "driver", isWindows ? "that of Windows; no file tells its version" : "none is loaded")
        }
        let cuda = driver.newestCUDA.map { "runs CUDA up to \($0.major).\($0.minor)" } ?? "older than CUDA 11"
        section.note("driver", "\(driver), \(cuda); needed: 535, or 580 for CUDA 13")
    }

    /// Whether the kernel drives the cards and this process has their nodes.
    private func reachNVIDIA(
        _ cards: [NVIDIACard], _ driver: NVIDIADriver?, _ section: inout DoctorSection
    ) -> Bool {
        if snapshot.host.isWSL, snapshot.pci(of: .nvidia).isEmpty { return true }
        let nodes = snapshot.nvidia.nodes
        if nodes.isEmpty, snapshot.host.container != .none {
            section.add(
                DoctorProblem(
                    "nvidia.container",
                    "The host has \(cards.count == 1 ? "an NVIDIA GPU" : "NVIDIA GPUs"), and this"
                        + " container was started without \(cards.count == 1 ? "it" : "them"): there is no /dev/nvidia0.",
                    nextStep: passNVIDIA()))
            return false
        }
        if driver == nil {
            let nouveau = snapshot.pci(of: .nvidia).contains { $0.driver == "nouveau" }
            let capability = cards.first.flatMap(capability(of:)) ?? ComputeCapability(7, 5)
            if case .unsupported(let reason, let step) = CUDARuntimeChoice.choose(
                driver: nil, computeCapability: capability)
            {
                let detail = nouveau ? " The kernel's own driver, nouveau, has no CUDA." : ""
                section.add(DoctorProblem("nvidia.driver-missing", reason + detail, nextStep: step))
            }
            return false
        }
        section.note("nodes", nodes.isEmpty ? "none" : nodes.map(\.path).joined(separator: " "))
        let access = NodeAccess(host: snapshot.host, identity: snapshot.identity)
        for node in nodes where Self.neededNVIDIANode(node.path) {
            guard let obstacle = access.obstacle(node) else { continue }
            section.add(
                DoctorProblem("nvidia.\(obstacle.id)", obstacle.message, nextStep: obstacle.nextStep))
        }
        if snapshot.nvidia.sharedMemoryNode == nil {
            section.add(
                DoctorProblem(
                    "nvidia.uvm", "/dev/nvidia-uvm is missing, without which CUDA does not start.",
                    nextStep: "Run `sudo nvidia-modprobe -u -c 0` on the host, then restart this."))
        }
        return !section.problems.contains(where: \.isBlocking)
    }

    private static func neededNVIDIANode(_ path: String) -> Bool {
        path == "/dev/nvidiactl" || path == "/dev/nvidia-uvm" || path.last?.isNumber == true
    }

    private func passNVIDIA() -> String {
        switch snapshot.host.container {
        case .podman:
            "Install nvidia-container-toolkit on the host and start the container with `--device"
                + " nvidia.com/gpu=all`."
        case .kubernetes:
            "Ask for the card in the pod's limits, `nvidia.com/gpu: 1`, on a cluster with NVIDIA's"
                + " device plugin."
        case .lxc:
            "On the Proxmox host: `pct set <id> --dev0 /dev/nvidia0 --dev1 /dev/nvidiactl --dev2"
                + " /dev/nvidia-uvm`, then restart the container."
        case .docker, .none, .other:
            "Install nvidia-container-toolkit on the host and start the container with `--gpus all`"
                + " (in a compose file: reserve a device with driver nvidia and capabilities [gpu])."
        }
    }

    /// Which package serves a card, and whether it is there.
    private func chooseRuntime(for card: NVIDIACard, _ driver: NVIDIADriver?, _ section: inout DoctorSection)
    {
        let devices = section.devices.filter { $0.index == card.index }
        guard let driver, let capability = capability(of: card) else {
            return guessRuntime(for: card, driver, devices, &section)
        }
        switch CUDARuntimeChoice.choose(driver: driver, computeCapability: capability) {
        case .unsupported(let reason, let step):
            let isDriver = CUDARuntime.all.contains { $0.serves(capability) }
            section.add(
                DoctorProblem(
                    isDriver ? "nvidia.driver" : "nvidia.card", reason, nextStep: step, devices: devices))
        case .use(let newest):
            let choice = CUDARuntimeChoice.choose(
                driver: driver, computeCapability: capability, among: installed)
            if case .use(let package) = choice {
                return section.note("runtime", "\(package.rawValue) for cuda:\(card.index)")
            }
            section.add(
                DoctorProblem(
                    "nvidia.package",
                    "The runtime for this card and driver, \(newest.rawValue), is not installed.",
                    nextStep: install(newest), devices: devices.filter { $0.kind != .tensorRTRTX }))
        }
    }

    /// Cards that are newer than the table, and those of Windows: any CUDA
    /// package may be the right one, and there should be one.
    private func guessRuntime(
        for card: NVIDIACard, _ driver: NVIDIADriver?, _ devices: [Device], _ section: inout DoctorSection
    ) {
        if let driver, driver.branch < 580 {
            section.add(
                DoctorProblem(
                    "nvidia.driver",
                    "\(card.name) is newer than what is known here, and driver \(driver) is older"
                        + " than CUDA 13.",
                    nextStep: "Update NVIDIA's driver to branch 580 or newer, and restart the host.",
                    devices: devices))
        } else if installed.isDisjoint(with: [.cuda13, .cuda12, .cuda12Maxwell]) {
            section.add(
                DoctorProblem(
                    "nvidia.package",
                    "No CUDA runtime is installed. cuda13 serves the GTX 16, the RTX 20 and newer on"
                        + " drivers from 580 on; cuda12 the GTX 10 and drivers from 535 on.",
                    nextStep: install(.cuda13), devices: devices))
        }
    }

    /// The driver's library, which a half-configured toolkit leaves out.
    private func loadCUDA(_ section: inout DoctorSection) {
        if let path = snapshot.libraries["libcuda.so.1"] { return section.note("libraries", path) }
        let isContained = snapshot.host.container != .none
        section.add(
            DoctorProblem(
                "nvidia.libcuda", "The driver's library libcuda.so.1 is missing.",
                nextStep: isContained
                    ? "Start the container with the variable `NVIDIA_DRIVER_CAPABILITIES=compute,utility`."
                    : installDebian("libcuda1")))
    }
}
