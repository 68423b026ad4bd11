import ONNXRuntimeBackend
import Testing

/// Kernels are chosen by instruction sets, which Linux lists in /proc/cpuinfo.
@Suite struct ProcessorFeaturesTests {
    @Test func x86ListsFlags() {
        let text =
            "processor\t: 0\nmodel name\t: Some\nflags\t\t: fpu sse2 avx\nbugs\t\t: spectre\n\nflags\t\t: x\n"
        #expect(ProcessorFeatures.text(of: text) == "avx fpu sse2")
    }

    @Test func armListsFeatures() {
        let text = "processor\t: 0\nBogoMIPS\t: 48.00\nFeatures\t: fp asimd crc32\nCPU part\t: 0xd05\n"
        #expect(ProcessorFeatures.text(of: text) == "asimd crc32 fp")
    }

    @Test func othersTellNothing() { #expect(ProcessorFeatures.text(of: "") == "") }
}
