import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

/// Boards with a Mali or a Rockchip NPU.
struct BoardDoctorTests {
    @Test func maliWithoutFirmwareIsToldWhereItGoes() throws {
        let report = try Examination("mali-no-firmware").report()
        #expect(report[.mali].state == .needsAttention)
        #expect(report[.mali].ids == ["mali.firmware"])
        #expect(
            report[.mali].problems.first?.message
                == "The GPU's firmware, /lib/firmware/mali_csffw.bin, is missing.")
        #expect(report[.mali].problems.first?.nextStep.contains("into /lib/firmware") == true)
        #expect(!report.isUsable("armnn"))
    }

    @Test func firmwareOfTheOtherDriverIsCopied() throws {
        var examination = try Examination("mali-no-firmware")
        examination.snapshot.mali.otherFirmware = "/lib/firmware/arm/mali/arch10.8/mali_csffw.bin"
        #expect(
            examination.report()[.mali].problems.first?.nextStep
                == "Copy /lib/firmware/arm/mali/arch10.8/mali_csffw.bin to /lib/firmware and restart.")
    }

    @Test func withItsFirmwareItIsUsable() throws {
        var examination = try Examination("mali-no-firmware")
        examination.snapshot.mali.firmware = "/lib/firmware/mali_csffw.bin"
        #expect(examination.report().isUsable("armnn"))
    }

    @Test func containerNeedsNodeLibraryAndFirmware() throws {
        var examination = try Examination("mali-no-firmware")
        examination.snapshot.host.container = .docker
        examination.snapshot.mali.node = nil
        examination.snapshot.libraries.found["libmali.so"] = nil
        let section = examination.report()[.mali]
        #expect(section.ids == ["mali.container", "mali.firmware", "mali.libmali"])
        #expect(section.problem("mali.container")?.nextStep.contains("--device /dev/mali0") == true)
        #expect(
            section.problem("mali.firmware")?.nextStep.contains(
                "--volume /lib/firmware/mali_csffw.bin:/lib/firmware/mali_csffw.bin:ro") == true)
        #expect(section.problem("mali.libmali")?.nextStep.contains("/usr/lib/libmali.so") == true)
    }

    @Test func rk3588IsUsable() throws {
        let examination = try Examination("rockchip-rk3588")
        #expect(examination.states() == [.rockchip: .usable, .cpu: .usable])
        let section = examination.report()[.rockchip]
        #expect(section.hardware == ["NPU of the RK3588"])
        #expect(section.fact("driver") == "RKNPU 0.9.3")
        #expect(section.fact("node") == "/dev/dri/renderD129")
        #expect(examination.report().isUsable("rknn"))
    }

    @Test func rk3588WithoutItsLibraryIsToldWhereItComesFrom() throws {
        var examination = try Examination("rockchip-rk3588")
        examination.snapshot.libraries.found["librknnrt.so"] = nil
        let section = examination.report()[.rockchip]
        #expect(section.ids == ["rockchip.library"])
        #expect(section.problems.first?.nextStep.contains("github.com/airockchip/rknn-toolkit2") == true)
    }

    @Test func kernelWithoutTheDriverIsReplaced() throws {
        var examination = try Examination("rockchip-rk3588")
        examination.snapshot.renderNodes = []
        let section = examination.report()[.rockchip]
        #expect(section.ids == ["rockchip.node"])
        #expect(section.problems.first?.nextStep.contains("board vendor's kernel") == true)
    }

    @Test func hiddenDeviceTreeIsShown() throws {
        var examination = try Examination("rockchip-rk3588")
        examination.snapshot.rockchip.chip = nil
        examination.snapshot.host.container = .docker
        let section = examination.report()[.rockchip]
        #expect(section.ids == ["rockchip.device-tree"])
        #expect(section.problems.first?.nextStep.contains("systempaths=unconfined") == true)
    }

    @Test func kernelsOwnDriverForMaliIsNotEnough() throws {
        var examination = try Examination("rockchip-rk3588")
        examination.snapshot.renderNodes[0].driver = "panthor"
        let report = examination.report()
        #expect(report[.mali].ids == ["mali.mainline"])
        #expect(report[.vulkan].ids.contains("vulkan.driver"))
    }
}
