import FoveaSystem
import Testing

struct SystemSnapshotTests {
    @Test func emptySystemHasNothing() {
        let snapshot = SystemSnapshot(reading: MemorySystem())
        #expect(snapshot.pci.isEmpty && snapshot.renderNodes.isEmpty && snapshot.kfdGPUs.isEmpty)
        #expect(snapshot.nvidia.driver == nil && snapshot.rockchip.chip == nil && snapshot.wsl == nil)
        #expect(!snapshot.mali.isInKernel)
        #expect(snapshot.cpu.cores == 1)
    }

    @Test(arguments: [
        (
            "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.161.07  Sat Feb 17 22:55:48 UTC"
                + " 2024\nGCC version:",
            "535.161.07"
        ),
        (
            "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  590.48.01  Release Build  (root@host)",
            "590.48.01"
        ),
        ("NVRM version: NVIDIA UNIX x86_64 Kernel Module  384.98  Thu Oct 26 15:16:01 PDT 2017", "384.98"),
    ])
    func driverIsReadFromItsSentence(text: String, version: String) {
        let system = MemorySystem(files: ["/proc/driver/nvidia/version": text])
        #expect(SystemSnapshot(reading: system).nvidia.driver == version)
    }

    @Test func processorIsReadFromItsFirstCore() throws {
        let snapshot = SystemSnapshot(reading: try FixtureSystem("cpu-no-avx"))
        #expect(snapshot.cpu.model == "Intel(R) Celeron(R) J4125 CPU @ 2.00GHz")
        #expect(snapshot.cpu.cores == 4)
        #expect(snapshot.cpu.architecture == "x86_64")
        #expect(snapshot.cpu.has("sse4_2") && !snapshot.cpu.has("avx") && !snapshot.cpu.has("avx2"))
        #expect(snapshot.cpu.memoryBytes == 8 << 30)
    }

    @Test func boardIsNamedByItsDeviceTree() throws {
        let snapshot = SystemSnapshot(reading: try FixtureSystem("rockchip-rk3588"))
        #expect(snapshot.cpu.model == "Radxa ROCK 5B+")
        #expect(snapshot.cpu.architecture == "aarch64")
        #expect(snapshot.cpu.has("asimddp"))
        #expect(snapshot.rockchip.chip == "rk3588")
        #expect(snapshot.renderNodes.map(\.driver) == ["rockchip-drm", "RKNPU"])
        #expect(snapshot.renderNodes.map(\.address) == [nil, nil])
    }

    @Test func pciHasDisplaysAndAcceleratorsOnly() throws {
        let snapshot = SystemSnapshot(reading: try FixtureSystem("nvidia-good"))
        #expect(snapshot.pci.map(\.ids) == ["10de:1fb8"])
        #expect(snapshot.pci.first?.driver == "nvidia")
        #expect(snapshot.pci.first?.classCode == 0x030200)
        #expect(snapshot.nvidia.gpuNodes.map(\.path) == ["/dev/nvidia0"])
        #expect(snapshot.nvidia.sharedMemoryNode?.isUsable == true)
    }

    @Test func amdsTopologyIsReadWithoutItsProcessor() throws {
        let snapshot = SystemSnapshot(reading: try FixtureSystem("amd-gfx1103"))
        let gpu = try #require(snapshot.kfdGPUs.first)
        #expect(snapshot.kfdGPUs.count == 1)
        #expect(gpu.node == 1 && gpu.address == "0000:c5:00.0" && gpu.device == 0x15bf)
        #expect(gpu.memoryBytes == 4 << 30)
        #expect(snapshot.renderNodes.first?.busyPercent == 3)
    }

    @Test func nodesOfNobodyShow() throws {
        let snapshot = SystemSnapshot(reading: try FixtureSystem("intel-unprivileged-lxc"))
        let node = try #require(snapshot.renderNodes.first?.node)
        #expect(node.isUnmapped && !node.isUsable)
        #expect(snapshot.host.isUnprivileged && snapshot.host.container == .lxc)
    }

    @Test func secretsStayOut() {
        let system = MemorySystem(environment: ["HF_TOKEN": "secret", "CUDA_VISIBLE_DEVICES": "0"])
        #expect(SystemSnapshot(reading: system).environment == ["CUDA_VISIBLE_DEVICES": "0"])
    }
}
