import FoveaBackends
import FoveaCore
import FoveaDevices
import FoveaSystem
import Foundation
import Testing

/// Which files drive a device.
@Suite struct DeviceRuntimeTests {
    private func runtimes(_ installed: RuntimePackage..., cpu: String = "Intel(R) N100") -> DeviceRuntimes {
        var snapshot = SystemSnapshot(reading: LocalSystem())
        snapshot.cpu.model = cpu
        snapshot.pci = []
        snapshot.nvidia.driver = nil
        let folders = installed.map { ($0, URL(filePath: "/lib/\($0.rawValue)")) }
        return DeviceRuntimes(snapshot: snapshot, installed: Dictionary(uniqueKeysWithValues: folders))
    }

    @Test func theProcessorNeedsNothing() throws {
        #expect(try runtimes().runtime(for: .cpu) == DeviceRuntime())
    }

    @Test func thePlugInComesBeforeTheClassicLibrary() throws {
        let runtime = try runtimes(.openvino, .openvinoClassic).runtime(for: Device(.openvino, "GPU.0"))
        #expect(runtime.package == .openvino)
        #expect(runtime.plugIn?.hasPrefix("/lib/openvino/") == true)
        #expect(runtime.base == nil)
    }

    @Test func theClassicLibraryIsARuntimeOfItsOwn() throws {
        let runtime = try runtimes(.openvinoClassic).runtime(for: Device(.openvino, "GPU.0"))
        #expect(runtime.base == "/lib/openvino-classic/libonnxruntime.so.1.24.1")
        #expect(runtime.plugIn == nil)
    }

    /// Seen: the plug-in lists no processor but Intel's.
    @Test func onOtherProcessorsTheClassicLibraryComesFirst() throws {
        let installed = runtimes(.openvino, .openvinoClassic, cpu: "AMD EPYC")
        #expect(try installed.runtime(for: Device(.openvino, "CPU")).package == .openvinoClassic)
        #expect(try installed.runtime(for: Device(.openvino, "GPU.0")).package == .openvino)
    }

    @Test(arguments: [
        (Device(.openvino), "openvino"), (Device(.webgpu), "webgpu"), (Device(.migraphx), "migraphx"),
        (Device(.cuda), "cuda13"),
    ])
    func whatIsMissingHasACommand(device: Device, name: String) throws {
        let error = try #require(throws: FoveaError.self) { try runtimes().runtime(for: device) }
        #expect(error.code == .engineUnavailable)
        #expect(error.message.contains("fovea backends install \(name)"))
    }

    @Test func plugInsGoTogetherWithTheNewestCUDA() throws {
        let installed = runtimes(.cuda13, .webgpu, .openvinoClassic)
        let cuda = try installed.runtime(for: Device(.cuda))
        #expect(cuda.carries(try installed.runtime(for: Device(.webgpu))))
        #expect(cuda.carries(cuda))
        #expect(!cuda.carries(try installed.runtime(for: Device(.openvino))))
        #expect(!DeviceRuntime().carries(cuda))
    }
}
