import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

struct AMDDoctorTests {
    @Test func relativeOfASupportedTargetIsToldToPassForIt() throws {
        let report = try Examination("amd-gfx1103").report([.migraphx])
        #expect(report[.amd].state == .needsAttention)
        #expect(report[.amd].hardware == ["AMD gfx1103 (1002:15bf), at 0000:c5:00.0"])
        #expect(report[.amd].ids == ["amd.override"])
        #expect(
            report[.amd].problems.first?.nextStep
                == "Set HSA_OVERRIDE_GFX_VERSION=11.0.0 and HSA_USE_SVM=0, then see whether answers agree: "
                + "`fovea verify --device migraphx:0`.")
        #expect(!report.isUsable("migraphx:0"))
    }

    @Test func withTheOverrideItIsUsable() throws {
        var examination = try Examination("amd-gfx1103")
        examination.snapshot.environment["HSA_OVERRIDE_GFX_VERSION"] = "11.0.0"
        let report = examination.report([.migraphx])
        #expect(report[.amd].state == .usable)
        #expect(report[.amd].fact("override") == "HSA_OVERRIDE_GFX_VERSION=11.0.0")
        #expect(report.isUsable("migraphx:0"))
    }

    @Test func targetWithoutRelativesIsSentToVulkan() throws {
        let examination = try Examination("amd-gfx803")
        let report = examination.report()
        #expect(report[.amd].state == .needsAttention)
        #expect(report[.amd].ids == ["amd.target"])
        #expect(report[.amd].problems.first?.nextStep == "Run `fovea backends install webgpu`.")
        #expect(report[.vulkan].ids == ["vulkan.package"])

        let after = examination.report([.webgpu])
        #expect(after[.amd].problems.first?.nextStep == "Use the device `webgpu:0` instead.")
        #expect(after[.vulkan].state == .usable)
        #expect(after.isUsable("webgpu:0"))
    }

    @Test func supportedCardNeedsROCmAndItsRuntime() throws {
        var examination = try Examination("amd-gfx1103")
        examination.snapshot.kfdGPUs[0].target = GFXTarget(12, 0, 1)
        #expect(examination.report([.migraphx])[.amd].state == .usable)

        examination.snapshot.libraries.found["libmigraphx_c.so.3"] = nil
        let section = examination.report()[.amd]
        #expect(section.ids == ["amd.rocm", "amd.package"])
        #expect(section.problem("amd.rocm")?.message == "Missing of ROCm 7.2: libmigraphx_c.so.3.")
        #expect(section.problem("amd.package")?.nextStep == "Run `fovea backends install migraphx`.")
    }

    @Test func containerNeedsBothNodes() throws {
        var examination = try Examination("amd-gfx1103")
        examination.snapshot.kfd = nil
        let section = examination.report([.migraphx])[.amd]
        #expect(section.ids == ["amd.container"])
        #expect(section.problems.first?.nextStep.contains("--device /dev/kfd --device /dev/dri") == true)
    }

    @Test func userOutsideTheGroupMayNotCompute() throws {
        var examination = try Examination("amd-gfx803")
        examination.snapshot.kfd?.status.isWritable = false
        let section = examination.report()[.amd]
        #expect(section.ids == ["amd.group"])
        #expect(section.problems.first?.nextStep == "Run `sudo usermod -aG render $USER` and log in again.")
    }

    @Test func cardThatComputesNotAtAllIsSaidSo() throws {
        var examination = try Examination("amd-gfx803")
        examination.snapshot.kfdGPUs = []
        examination.snapshot.pci[0].driver = "radeon"
        let section = examination.report()[.amd]
        #expect(section.ids == ["amd.compute"])
        #expect(section.hardware == ["AMD GPU (1002:67df), at 0000:01:00.0"])
    }
}
