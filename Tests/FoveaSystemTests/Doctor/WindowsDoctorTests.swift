import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

/// Under WSL 2, where Windows has the hardware.
struct WindowsDoctorTests {
    @Test func cudaNeedsOnlyARuntime() throws {
        let examination = try Examination("wsl-cuda")
        #expect(examination.states() == [.nvidia: .needsAttention, .cpu: .usable])
        let section = examination.report()[.nvidia]
        #expect(section.hardware == ["NVIDIA GPU of Windows, compute capability unknown"])
        #expect(section.fact("driver") == "that of Windows; no file tells its version")
        #expect(section.fact("libraries") == "/usr/lib/wsl/lib/libcuda.so.1")
        #expect(section.ids == ["nvidia.package"])
        #expect(section.problems.first?.nextStep == "Run `fovea backends install cuda13`.")
        #expect(examination.report([.cuda12]).isUsable("cuda:0"))
    }

    @Test func openVINONeedsOnlyARuntime() throws {
        let examination = try Examination("wsl-openvino")
        #expect(examination.states() == [.intel: .needsAttention, .cpu: .usable])
        #expect(examination.report()[.intel].ids == ["intel.package"])
        #expect(
            examination.report()[.intel].problems.first?.nextStep == "Run `fovea backends install openvino`.")
        let report = examination.report([.openvino])
        #expect(report[.intel].state == .usable)
        #expect(report[.intel].fact("driver") == "that of Windows, through /dev/dxg")
        #expect(report.isUsable("openvino:GPU.0"))
    }

    @Test func nodeWithoutTheLibrariesIsHalfOfIt() throws {
        var examination = try Examination("wsl-openvino")
        examination.snapshot.wsl?.hasLibraries = false
        examination.snapshot.wsl?.vendors = []
        let section = examination.report([.openvino])[.intel]
        #expect(section.state == .needsAttention)
        #expect(section.hardware == ["GPU of Windows, probably Intel's"])
        #expect(section.ids == ["intel.wsl-libraries"])
        #expect(
            section.problems.first?.nextStep
                == "Start the container with `--volume /usr/lib/wsl:/usr/lib/wsl`.")
    }
}
