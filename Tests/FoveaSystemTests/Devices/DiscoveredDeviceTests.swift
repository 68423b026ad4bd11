import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

struct DiscoveredDeviceTests {
    private func names(_ fixture: String, _ installed: Set<RuntimePackage> = []) throws -> [String] {
        DiscoveredDevice.all(in: try Examination(fixture).snapshot, installed: installed)
            .map(\.device.description)
    }

    @Test func preferredKindsComeFirst() throws {
        #expect(
            try names("intel-igpu-arc", [.openvino]) == [
                "openvino:GPU.0", "openvino:GPU.1", "openvino:CPU", "webgpu:0", "webgpu:1", "cpu",
            ])
        #expect(try names("mali-no-firmware") == ["armnn", "rknn", "cpu"])
        #expect(try names("nvidia-good") == ["cuda:0", "cpu"])
        #expect(try names("wsl-openvino") == ["openvino:GPU.0", "cpu"])
        #expect(try names("amd-gfx803") == ["migraphx:0", "webgpu:0", "cpu"])
    }

    @Test func whatCannotBeReachedIsNotListed() throws {
        #expect(try names("nvidia-no-toolkit") == ["cpu"])
        #expect(try names("intel-battlemage-old-kernel") == ["cpu"])
    }

    @Test func orderIsThatOfTheKinds() throws {
        let order = DeviceKind.allCases
        for fixture in FixtureSystem.all {
            let snapshot = try Examination(fixture).snapshot
            let kinds = DiscoveredDevice.all(in: snapshot, installed: Set(RuntimePackage.allCases))
                .map(\.device.kind)
            let ranks = try kinds.map { try #require(order.firstIndex(of: $0)) }
            #expect(ranks == ranks.sorted())
            #expect(kinds.last == .cpu)
        }
    }

    @Test func integratedGPUIsTheFirstOfOpenVINO() throws {
        let devices = DiscoveredDevice.all(in: try Examination("intel-igpu-arc").snapshot)
        let first = try #require(devices.first { $0.device.description == "openvino:GPU.0" })
        #expect(first.address == "0000:00:02.0")
        #expect(first.sharesMainMemory && first.memoryBytes == 32 << 30)
        let second = try #require(devices.first { $0.device.description == "openvino:GPU.1" })
        #expect(second.address == "0000:03:00.0")
        #expect(second.name == "Intel Arc (Alchemist) (8086:56a0)")
        #expect(second.memoryBytes == nil)
    }

    @Test func unreachableGPUTakesNoNumberAway() throws {
        var snapshot = try Examination("intel-igpu-arc").snapshot
        let own = try #require(snapshot.renderNodes.firstIndex { $0.name == "renderD129" })
        snapshot.renderNodes[own].node = nil
        let gpus = DiscoveredDevice.all(in: snapshot).filter { $0.device.kind == .openvino }
        #expect(gpus.map(\.device.description) == ["openvino:GPU.0"])
        #expect(gpus.first?.address == "0000:03:00.0")
    }

    @Test func amdTellsMemoryAndLoad() throws {
        let gpu = try #require(
            DiscoveredDevice.all(in: try Examination("amd-gfx1103").snapshot).first)
        #expect(gpu.device == (try device("migraphx:0")))
        #expect(gpu.name == "AMD gfx1103 (1002:15bf)")
        #expect(gpu.memoryBytes == 4 << 30)
        #expect(gpu.busyPercent == 3)
        #expect(gpu.address == "0000:c5:00.0")
    }

    @Test func cardsAreCountedByAddress() throws {
        var snapshot = try Examination("nvidia-good").snapshot
        var second = snapshot.nvidia.gpus[0]
        second.address = "0000:41:00.0"
        second.model = "NVIDIA GeForce RTX 3090"
        snapshot.nvidia.gpus.append(second)
        let devices = DiscoveredDevice.all(in: snapshot).filter { $0.device.kind == .cuda }
        #expect(devices.map(\.device.description) == ["cuda:0", "cuda:1"])
        #expect(devices.map(\.name) == ["Quadro T2000", "NVIDIA GeForce RTX 3090"])
    }
}
