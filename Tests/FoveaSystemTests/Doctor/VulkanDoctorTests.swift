import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

struct VulkanDoctorTests {
    @Test func isNotMentionedWhereAnEngineDrivesTheGPU() throws {
        let report = try Examination("intel-igpu-arc").report([.openvino])
        #expect(report[.vulkan].state == .absent)
    }

    @Test func isExaminedWhereItIsInstalled() throws {
        let report = try Examination("intel-igpu-arc").report([.webgpu])
        #expect(report[.vulkan].state == .usable)
        #expect(report.isUsable("webgpu:0") && report.isUsable("webgpu:1"))
    }

    @Test func missingLoaderAndDriverAreNamed() throws {
        var examination = try Examination("amd-gfx803")
        examination.snapshot.libraries.found["libvulkan.so.1"] = nil
        examination.snapshot.libraries.vulkanDrivers = ["/usr/share/vulkan/icd.d/lvp_icd.x86_64.json"]
        let section = examination.report([.webgpu])[.vulkan]
        #expect(section.ids == ["vulkan.loader", "vulkan.driver"])
        #expect(section.problem("vulkan.loader")?.nextStep.contains("libvulkan1") == true)
        #expect(section.problem("vulkan.driver")?.nextStep.contains("mesa-vulkan-drivers") == true)
    }
}
