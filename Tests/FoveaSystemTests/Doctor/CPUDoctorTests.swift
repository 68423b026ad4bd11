import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

struct CPUDoctorTests {
    @Test func processorWithoutAVXIsUsableAndSlow() throws {
        let examination = try Examination("cpu-no-avx")
        #expect(examination.states() == [.cpu: .usable])
        let report = examination.report()
        #expect(report[.cpu].hardware == ["Intel(R) Celeron(R) J4125 CPU @ 2.00GHz, 4 cores, x86_64"])
        #expect(report[.cpu].fact("instructions") == "sse4_2")
        #expect(report[.cpu].ids == ["cpu.avx2"])
        let problem = try #require(report[.cpu].problems.first)
        #expect(!problem.isBlocking)
        #expect(problem.message.contains("the same answers, several times slower"))
        #expect(problem.nextStep.contains("ViT-B-32__openai"))
        #expect(report.isUsable(.cpu) && report.isGood)
    }

    @Test func virtualMachineIsGivenTheHostsProcessor() throws {
        var examination = try Examination("cpu-no-avx")
        examination.snapshot.cpu.flags.append("hypervisor")
        #expect(
            examination.report()[.cpu].problems.first?.nextStep.contains("qm set <id> --cpu host") == true)
    }

    @Test func processorWithAVX2HasNothingToSay() throws {
        #expect(try Examination("nvidia-good").report()[.cpu].problems.isEmpty)
        #expect(try Examination("rockchip-rk3588").report()[.cpu].problems.isEmpty)
    }

    @Test func coresAreOpenVINOsTooWhereThatIsInstalled() throws {
        let examination = try Examination("nvidia-good")
        #expect(!examination.report().isUsable("openvino:CPU"))
        #expect(examination.report([.openvino]).isUsable("openvino:CPU"))
    }
}
