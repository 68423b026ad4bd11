import FoveaSystem
import Testing

struct IntelGPUTests {
    @Test(arguments: [
        (0xe20b, KernelVersion(6, 12)), (0x64a0, KernelVersion(6, 12)), (0xb080, KernelVersion(6, 17)),
        (0x56a0, KernelVersion(6, 2)), (0x56a5, KernelVersion(6, 2)),
    ])
    func newGPUsNeedNewKernels(id: Int, kernel: KernelVersion) {
        #expect(IntelGPU(device: UInt16(id), isIntegrated: false).firstKernel == kernel)
    }

    @Test(arguments: [0x3e92, 0x3185, 0x5a85, 0x4e55, 0x1616])
    func oldGPUsNeedTheOldRuntime(id: Int) {
        #expect(IntelGPU(device: UInt16(id), isIntegrated: true).needsLegacyRuntime)
    }

    @Test(arguments: [0x4680, 0x46d1, 0x9a49, 0xa780, 0x4c8a, 0x56a0, 0x7d55])
    func othersDoNot(id: Int) {
        #expect(!IntelGPU(device: UInt16(id), isIntegrated: true).needsLegacyRuntime)
    }

    @Test func unknownOnesHaveAName() {
        let gpu = IntelGPU(device: 0x0412, isIntegrated: true)
        #expect(gpu.name == "integrated graphics")
        #expect(gpu.firstKernel == nil)
    }
}
