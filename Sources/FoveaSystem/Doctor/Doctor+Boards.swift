import FoveaBackends
import FoveaCore

extension Doctor {
    /// Arm's Mali, by Arm NN.
    func mali() -> DoctorSection {
        var section = DoctorSection(.mali)
        let mali = snapshot.mali
        if mali.isInKernel {
            section.hardware = [snapshot.maliName]
            section.devices = [Device(.armnn)]
            let access = NodeAccess(host: snapshot.host, identity: snapshot.identity)
            if let node = mali.node {
                section.note("node", node.path)
                if let obstacle = access.obstacle(node) {
                    section.add(
                        DoctorProblem("mali.\(obstacle.id)", obstacle.message, nextStep: obstacle.nextStep))
                }
            } else {
                section.add(
                    DoctorProblem(
                        "mali.container", "The kernel has the GPU, and /dev/mali0 is missing here.",
                        nextStep: access.pass(["/dev/mali0"])))
            }
            examineFirmware(&section)
            loadArmNN(&section)
        } else if let node = snapshot.mesaMali {
            section.hardware = ["Arm Mali, driven by \(node.driver ?? "Mesa's driver")"]
            section.devices = [Device(.armnn)]
            section.add(
                DoctorProblem(
                    "mali.mainline",
                    "The kernel's own driver, \(node.driver ?? ""), drives the GPU; Arm NN needs"
                        + " Arm's, which makes /dev/mali0.",
                    nextStep: "Use the board vendor's kernel, such as Armbian's \"vendor\" one."))
        }
        section.conclude()
        return section
    }

    /// The G610 of the RK3588 is run by firmware that the driver loads
    /// (armbian/build#7207); older Malis have none.
    private func examineFirmware(_ section: inout DoctorSection) {
        let mali = snapshot.mali
        let wants = snapshot.rockchip.chip == "rk3588" || mali.compatible?.contains("valhall") == true
        guard wants else { return }
        if let firmware = mali.firmware { return section.note("firmware", firmware) }
        let isContained = snapshot.host.container != .none
        let path = "/lib/firmware/\(MaliFacts.firmwareName)"
        section.add(
            DoctorProblem(
                "mali.firmware", "The GPU's firmware, \(path), is missing.",
                nextStep: isContained
                    ? "Start the container with `--volume \(path):\(path):ro`."
                    : mali.otherFirmware.map { "Copy \($0) to /lib/firmware and restart." }
                        ?? "Put \(MaliFacts.firmwareName) of your kernel's driver version into"
                        + " /lib/firmware and restart: it comes with the board vendor's libmali."))
    }

    private func loadArmNN(_ section: inout DoctorSection) {
        let library = snapshot.libraries.first("libmali.so")
        let armNN = snapshot.libraries.first("libarmnn.so")
        let found = [library, armNN].compactMap { $0.flatMap { snapshot.libraries[$0] } }
        section.note("libraries", found.isEmpty ? "none" : found.joined(separator: " "))
        let isContained = snapshot.host.container != .none
        if library == nil {
            section.add(
                DoctorProblem(
                    "mali.libmali", "Arm's library for the GPU, libmali.so, is missing.",
                    nextStep: isContained
                        ? "Start the container with `--volume /usr/lib/libmali.so:/usr/lib/libmali.so:ro`."
                        : "Install the board vendor's libmali for this GPU, such as"
                            + " libmali-valhall-g610-g13p0-gbm."
                ))
        }
        if armNN == nil {
            let isTrixie = snapshot.host.distribution.contains("trixie")
            section.add(
                DoctorProblem(
                    "mali.armnn", "Arm NN's library, libarmnn.so, is missing.",
                    nextStep: installDebian("libarmnn-gpuacc-backend\(isTrixie ? "33" : "22")")))
        }
    }

    /// Rockchip's NPU, by RKNN.
    func rockchip() -> DoctorSection {
        var section = DoctorSection(.rockchip)
        let chip = snapshot.rockchip.chip
        guard chip != nil || snapshot.rockchipRenderNode != nil || snapshot.rockchip.node != nil else {
            return section
        }
        section.hardware = ["NPU of the \(chip?.uppercased() ?? "Rockchip chip")"]
        section.devices = [Device(.rknn)]
        section.note(
            "driver",
            snapshot.rockchip.driver.map { "RKNPU \($0)" } ?? "its version may not be read by this user")
        let access = NodeAccess(host: snapshot.host, identity: snapshot.identity)
        let isContained = snapshot.host.container != .none
        if chip == nil {
            section.add(
                DoctorProblem(
                    "rockchip.device-tree",
                    "/proc/device-tree is hidden here, which tells the chip that models are for.",
                    nextStep: "Start the container with `--security-opt systempaths=unconfined --security-opt"
                        + " apparmor=unconfined`."))
        }
        if let node = snapshot.rockchipNode {
            section.note("node", node.path)
            if let obstacle = access.obstacle(node) {
                section.add(
                    DoctorProblem("rockchip.\(obstacle.id)", obstacle.message, nextStep: obstacle.nextStep))
            }
        } else {
            section.add(
                DoctorProblem(
                    "rockchip.node",
                    isContained
                        ? "The NPU's node is missing here: a render node of the driver RKNPU, or /dev/rknpu."
                        : "This kernel has no driver for the NPU (RKNPU).",
                    nextStep: isContained
                        ? access.pass(
                            ["/dev/dri"], example: snapshot.rockchipRenderNode.map { "/dev/dri/\($0.name)" })
                        : "Use the board vendor's kernel (5.10 or 6.1), such as Armbian's \"vendor\" one."))
        }
        if let path = snapshot.libraries["librknnrt.so"] {
            section.note("libraries", path)
        } else {
            section.add(
                DoctorProblem(
                    "rockchip.library", "Rockchip's library, librknnrt.so, is missing or may not be read.",
                    nextStep:
                        "Put librknnrt.so of github.com/airockchip/rknn-toolkit2 into /usr/lib,"
                        + " readable to all."
                ))
        }
        section.conclude()
        return section
    }
}
