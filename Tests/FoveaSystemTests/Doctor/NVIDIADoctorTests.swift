import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

struct NVIDIADoctorTests {
    @Test func goodCardIsUsableOnceItsRuntimeIsThere() throws {
        let examination = try Examination("nvidia-good")
        let before = examination.report()[.nvidia]
        #expect(before.state == .needsAttention)
        #expect(before.ids == ["nvidia.package"])
        #expect(before.problems.first?.nextStep == "Run `fovea backends install cuda12`.")

        let after = examination.report([.cuda12])
        #expect(after[.nvidia].state == .usable)
        #expect(after[.nvidia].problems.isEmpty)
        #expect(after[.nvidia].hardware == ["Quadro T2000, compute capability 7.5, at 0000:01:00.0"])
        #expect(
            after[.nvidia].fact("driver")
                == "535.171.04, runs CUDA up to 12.2; needed: 535, or 580 for CUDA 13")
        #expect(after.isUsable("cuda:0"))
        #expect(!after.isUsable("cuda:1"))
        #expect(after.isGood)
    }

    @Test func anOlderRuntimeThatServesTheCardWillDo() throws {
        var examination = try Examination("nvidia-good")
        examination.snapshot.nvidia.driver = "580.65.06"
        #expect(examination.report()[.nvidia].problem("nvidia.package")?.nextStep.contains("cuda13") == true)
        #expect(examination.report([.cuda12])[.nvidia].state == .usable)
    }

    @Test func oldDriverHasToBeUpdated() throws {
        let section = try Examination("nvidia-old-driver").report([.cuda12])[.nvidia]
        #expect(section.state == .needsAttention)
        #expect(section.ids == ["nvidia.driver"])
        let problem = try #require(section.problems.first)
        #expect(problem.message.contains("Driver 530.30.02 runs CUDA up to 12.1"))
        #expect(problem.message.contains("needs driver 535 or newer"))
        #expect(problem.nextStep == "Update NVIDIA's driver to branch 580, and restart the host.")
    }

    @Test func containerWithoutTheToolkitLacksTheCardAndNothingElseIsBlamed() throws {
        let examination = try Examination("nvidia-no-toolkit")
        let report = examination.report([.cuda12])
        #expect(report[.nvidia].state == .needsAttention)
        #expect(report[.nvidia].ids == ["nvidia.container"])
        let step = try #require(report[.nvidia].problems.first?.nextStep)
        #expect(step.contains("nvidia-container-toolkit") && step.contains("--gpus all"))
        #expect(!report.isUsable("cuda:0"))
        #expect(!report.devices.contains { $0.device.kind == .cuda })
    }

    @Test(arguments: [
        (ContainerKind.podman, "--device nvidia.com/gpu=all"), (.kubernetes, "nvidia.com/gpu: 1"),
        (.lxc, "pct set <id> --dev0 /dev/nvidia0"),
    ])
    func eachContainerGetsTheCardItsOwnWay(kind: ContainerKind, words: String) throws {
        var examination = try Examination("nvidia-no-toolkit")
        examination.snapshot.host.container = kind
        #expect(examination.report()[.nvidia].problems.first?.nextStep.contains(words) == true)
    }

    @Test func gtx980GetsTheRuntimeThatHasCodeForIt() throws {
        let examination = try Examination("nvidia-gtx980")
        let section = examination.report([.cuda12, .cuda13])[.nvidia]
        #expect(section.state == .needsAttention)
        #expect(section.hardware == ["NVIDIA GeForce GTX 980, compute capability 5.2, at 0000:01:00.0"])
        #expect(section.ids == ["nvidia.package"])
        #expect(section.problems.first?.nextStep == "Run `fovea backends install cuda12-maxwell`.")
        #expect(examination.report([.cuda12Maxwell]).isUsable("cuda:0"))
    }

    @Test func cardThatNothingHasCodeForIsSaidSo() throws {
        // A GeForce 920MX (GM108), as in immich-app/immich#8097.
        var examination = try Examination("nvidia-good")
        examination.snapshot.pci[0].device = 0x134f
        let report = examination.report([.cuda12, .cuda12Maxwell])
        #expect(report[.nvidia].ids == ["nvidia.card"])
        #expect(report[.nvidia].problems.first?.message.contains("compute capability 5.0") == true)
        // Vulkan is the way around, so it is looked at.
        #expect(report[.vulkan].state == .needsAttention)
    }

    @Test func whatALibraryToldCountsMoreThanFiles() throws {
        let facts = EnvironmentFacts(
            nvidiaDriver: NVIDIADriver("580.97"), computeCapabilities: [ComputeCapability(12, 0)])
        let section = try Examination("wsl-cuda").report(facts: facts)[.nvidia]
        #expect(section.hardware == ["NVIDIA GPU of Windows, compute capability 12.0"])
        #expect(section.problem("nvidia.package")?.nextStep == "Run `fovea backends install cuda13`.")
    }

    @Test func missingPiecesAreNamedOneByOne() throws {
        var examination = try Examination("nvidia-good")
        examination.snapshot.libraries.found["libcuda.so.1"] = nil
        #expect(
            examination.report([.cuda12])[.nvidia].problem("nvidia.libcuda")?.nextStep
                == "Start the container with the variable `NVIDIA_DRIVER_CAPABILITIES=compute,utility`.")
        examination.snapshot.nvidia.nodes.removeAll { $0.path == "/dev/nvidia-uvm" }
        #expect(examination.report([.cuda12])[.nvidia].ids == ["nvidia.uvm"])
        examination.snapshot.nvidia.driver = nil
        #expect(examination.report([.cuda12])[.nvidia].ids == ["nvidia.driver-missing"])
    }

    @Test func tensorRTForRTXIsADeviceOfItsOwn() throws {
        var examination = try Examination("nvidia-good")
        examination.snapshot.pci[0].device = 0x2503
        examination.snapshot.nvidia.driver = "580.95.05"
        let report = examination.report([.tensorRTRTX])
        #expect(report.isUsable("tensorrt-rtx:0"))
        #expect(!report.isUsable("cuda:0"))
    }
}
