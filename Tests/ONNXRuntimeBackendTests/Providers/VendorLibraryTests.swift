import FoveaBackends
import FoveaCore
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

/// Vendors' own builds of ONNX Runtime on a machine without their hardware:
/// what is missing is named, and the processor goes on.
private enum VendorLibrary {
    static func path(_ variable: String) -> String? {
        ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Opens a model on a device that is not there.
    static func failure(on device: Device, of library: String) async throws -> FoveaError {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "model.onnx")
            try Data(ProviderProbe.graph).write(to: file)
            let backend = try ONNXRuntimeBackend(
                configuration: ONNXRuntimeConfiguration(libraryPath: library, device: device))
            let error = try await #require(throws: FoveaError.self) { try await backend.open(file) }
            let onCPU = try ONNXRuntimeBackend(configuration: .init(libraryPath: library))
            #expect(try await onCPU.open(file).placement.device == "cpu")
            return error
        }
    }
}

@Suite(
    .enabled(
        if: VendorLibrary.path("FOVEA_TEST_CUDA") != nil,
        "FOVEA_TEST_CUDA names no library: Tools/setup/accelerators.sh --cuda fetches it, 255 MB."))
struct CUDALibraryTests {
    @Test(arguments: [Device(.cuda), Device(.tensorrt)]) func whatIsMissingIsNamed(device: Device)
        async throws
    {
        let library = try #require(VendorLibrary.path("FOVEA_TEST_CUDA"))
        let error = try await VendorLibrary.failure(on: device, of: library)
        #expect(error.code == .engineUnavailable)
        #expect(error.message.contains("\(device) cannot be used"))
        let missing = device.kind == .cuda ? "libcublasLt.so.13" : "libcublas.so.13"
        #expect(error.message.contains(missing) || error.message.contains("libnvinfer"), "\(error.message)")
        #expect(error.message.contains("fovea doctor"))
    }
}

@Suite(
    .enabled(
        if: VendorLibrary.path("FOVEA_TEST_MIGRAPHX") != nil,
        "FOVEA_TEST_MIGRAPHX names no library: 'fovea backends install migraphx' fetches it, 21 MB."))
struct MIGraphXLibraryTests {
    @Test func whatIsMissingIsNamed() async throws {
        let library = try #require(VendorLibrary.path("FOVEA_TEST_MIGRAPHX"))
        let error = try await VendorLibrary.failure(on: Device(.migraphx), of: library)
        #expect(error.code == .engineUnavailable)
        #expect(error.message.contains("migraphx:0 cannot be used"))
        #expect(error.message.contains("libmigraphx_c.so.3"), "\(error.message)")
        #expect(error.message.contains("fovea doctor"))
    }
}
