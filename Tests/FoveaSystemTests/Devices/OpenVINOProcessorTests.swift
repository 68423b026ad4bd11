import FoveaBackends
import FoveaSystem
import Testing

@Suite struct OpenVINOProcessorTests {
    @Test(arguments: [
        ("Intel(R) N100", "x86_64", [RuntimePackage.openvino], true),
        ("AMD EPYC", "x86_64", [.openvino], false),
        ("AMD EPYC", "x86_64", [.openvino, .openvinoClassic], true), ("Intel(R) N100", "x86_64", [], false),
        ("Cortex-A76", "aarch64", [.openvinoClassic], false),
    ])
    func itRunsWhereAPackageListsIt(
        model: String, architecture: String, installed: [RuntimePackage], expected: Bool
    ) {
        var cpu = SystemSnapshot(reading: LocalSystem()).cpu
        cpu.model = model
        cpu.architecture = architecture
        #expect(cpu.runsOpenVINO(Set(installed)) == expected)
    }
}
