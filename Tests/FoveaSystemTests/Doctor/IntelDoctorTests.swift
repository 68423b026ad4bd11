import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

struct IntelDoctorTests {
    @Test func bothGPUsAreUsableAndTheIntegratedOneComesFirst() throws {
        let report = try Examination("intel-igpu-arc").report([.openvino])
        #expect(report[.intel].state == .usable)
        #expect(report[.intel].problems.isEmpty)
        #expect(
            report.isUsable("openvino:GPU.0") && report.isUsable("openvino:GPU.1"))
        // The Arc has the first render node all the same.
        let nodes = report[.intel].facts.filter { $0.name == "node" }.map(\.value)
        #expect(
            nodes == [
                "/dev/dri/renderD129 for openvino:GPU.0", "/dev/dri/renderD128 for openvino:GPU.1",
            ])
    }

    @Test func withoutTheRuntimeThatIsTheNextStep() throws {
        let section = try Examination("intel-igpu-arc").report()[.intel]
        #expect(section.ids == ["intel.package"])
        #expect(section.problems.first?.nextStep == "Run `fovea backends install openvino`.")
    }

    @Test func newGPUNeedsANewerKernel() throws {
        let section = try Examination("intel-battlemage-old-kernel").report([.openvino])[.intel]
        #expect(section.state == .needsAttention)
        #expect(section.hardware == ["Intel Arc (Battlemage) (8086:e20b), at 0000:03:00.0"])
        #expect(section.ids == ["intel.kernel"])
        #expect(
            section.problems.first?.message
                == "Kernel 6.8 has no driver for this GPU; 6.12 is the first that has.")
        #expect(
            section.problems.first?.nextStep == "Install kernel 6.12 or newer on the host, and restart it.")
    }

    @Test func onANewKernelItIsTheDriverThatIsNotBound() throws {
        var examination = try Examination("intel-battlemage-old-kernel")
        examination.snapshot.host.kernel = "6.14.0-27-generic"
        let section = examination.report([.openvino])[.intel]
        #expect(section.ids == ["intel.kernel-driver"])
        #expect(section.problems.first?.nextStep == "Load it on the host: `sudo modprobe xe`.")
    }

    @Test func userOutsideTheRenderGroupIsPutIntoIt() throws {
        let report = try Examination("intel-render-group").report([.openvino])
        #expect(report[.intel].state == .needsAttention)
        #expect(report[.intel].ids == ["intel.group"])
        let problem = try #require(report[.intel].problems.first)
        #expect(problem.message == "User 1000 may not use /dev/dri/renderD128: mode 660, group 105.")
        #expect(
            problem.nextStep
                == "Start the container with `--group-add 105` (in a compose file: `group_add: [\"105\"]`).")
        #expect(!report.isUsable("openvino:GPU.0"))
    }

    @Test(arguments: [
        (ContainerKind.none, "sudo usermod -aG 105 $USER"),
        (.kubernetes, "securityContext.supplementalGroups"),
        (.podman, "--group-add keep-groups"),
    ])
    func groupsAreJoinedTheContainersWay(kind: ContainerKind, words: String) throws {
        var examination = try Examination("intel-render-group")
        examination.snapshot.host.container = kind
        #expect(examination.report()[.intel].problem("intel.group")?.nextStep.contains(words) == true)
    }

    @Test func inTheGroupItWorks() throws {
        var system = try FixtureSystem("intel-render-group")
        system.join(group: 105)
        let report = Doctor.examine(SystemSnapshot(reading: system), installed: [.openvino])
        #expect(report.isUsable("openvino:GPU.0"))
    }

    @Test func nodesOfNobodyArePassedThroughByTheHost() throws {
        let section = try Examination("intel-unprivileged-lxc").report([.openvino])[.intel]
        #expect(section.state == .needsAttention)
        #expect(section.ids == ["intel.unmapped"])
        let problem = try #require(section.problems.first)
        #expect(problem.message.contains("nobody:nogroup (65534)"))
        #expect(
            problem.nextStep
                == "On the Proxmox host: `pct set <id> --dev0 /dev/dri/renderD128,gid=992`, then"
                + " restart the container."
        )
    }

    @Test func arcInAnUnprivilegedContainerComesWithAWarning() throws {
        var examination = try Examination("intel-unprivileged-lxc")
        examination.snapshot.renderNodes[0].node?.status.owner = 0
        examination.snapshot.renderNodes[0].node?.status.group = 992
        examination.snapshot.renderNodes[0].node?.status.isReadable = true
        examination.snapshot.renderNodes[0].node?.status.isWritable = true
        let report = examination.report([.openvino])
        #expect(report[.intel].ids == ["intel.unprivileged-arc"])
        #expect(report[.intel].state == .usable)
    }

    @Test func containerThatWasNotGivenTheNodeIsToldHow() throws {
        var examination = try Examination("intel-render-group")
        examination.snapshot.renderNodes[0].node = nil
        let problem = try #require(examination.report()[.intel].problem("intel.container"))
        #expect(
            problem.nextStep
                == "Start the container with `--device /dev/dri` (in a compose file: `devices:"
                + " [/dev/dri:/dev/dri]`)."
        )
    }

    @Test func nodeThatWasMountedAsAFileIsRecognised() throws {
        var examination = try Examination("intel-render-group")
        let status = PathStatus(
            kind: .device, mode: 0o666, isReadable: true, isWritable: true, isRefused: true)
        examination.snapshot.renderNodes[0].node?.status = status
        let problem = try #require(examination.report()[.intel].problem("intel.device-rules"))
        #expect(
            problem.nextStep
                == "Pass /dev/dri/renderD128 with `--device /dev/dri/renderD128`, not as a volume.")
    }

    @Test func computeRuntimeIsAskedForByAgeOfTheGPU() throws {
        var examination = try Examination("intel-igpu-arc")
        examination.snapshot.libraries.openCLDrivers = []
        examination.snapshot.libraries.found["libOpenCL.so.1"] = nil
        let section = examination.report([.openvino])[.intel]
        #expect(section.ids == ["intel.opencl-loader", "intel.opencl-driver"])
        #expect(section.problem("intel.opencl-loader")?.nextStep.contains("ocl-icd-libopencl1") == true)
        #expect(section.problem("intel.opencl-driver")?.nextStep.contains("intel-opencl-icd") == true)

        examination.snapshot.pci[1].device = 0xe20b
        let newer = examination.report([.openvino])[.intel].problem("intel.opencl-driver")
        #expect(newer?.nextStep.contains("github.com/intel/compute-runtime/releases") == true)
    }

    @Test func oneGPUInTheWayLeavesTheOtherUsable() throws {
        var examination = try Examination("intel-igpu-arc")
        let arc = try #require(examination.snapshot.renderNodes.firstIndex { $0.name == "renderD128" })
        examination.snapshot.renderNodes[arc].node?.status.isWritable = false
        let report = examination.report([.openvino])
        #expect(report[.intel].state == .needsAttention)
        #expect(report.isUsable("openvino:GPU.0"))
        #expect(!report.isUsable("openvino:GPU.1"))
        #expect(report.isGood)
    }
}
