import FoveaBackends
import FoveaCore
import ONNXRuntimeBackend
import Testing

/// What is said where an accelerator cannot be used.
@Suite(.needsCCompiler) struct ProviderErrorTests {
    /// A device, whether it needs a plug-in, the call that finds out, and the
    /// library that is missing then.
    static let missing = [
        ("cuda:1", false, "UpdateCUDAProviderOptions", "libcublasLt.so.13"),
        ("cuda:0", false, "CreateCUDAProviderOptions", "libcuda.so.1"),
        ("cuda:0", false, "SessionOptionsAppendExecutionProvider_CUDA_V2", "libcudnn.so.9"),
        ("tensorrt:0", false, "UpdateTensorRTProviderOptions", "libnvinfer.so.10"),
        ("tensorrt:1", false, "SessionOptionsAppendExecutionProvider_TensorRT_V2", "libnvonnxparser.so.10"),
        ("rocm:0", false, "UpdateROCMProviderOptions", "libamdhip64.so.7"),
        ("migraphx:0", false, "SessionOptionsAppendExecutionProvider", "libmigraphx_c.so.3"),
        ("openvino:GPU.1", false, "SessionOptionsAppendExecutionProvider", "libopenvino.so.2541"),
        ("tensorrt-rtx:0", true, "RegisterExecutionProviderLibrary", "libcuda.so.1"),
        ("webgpu:0", true, "RegisterExecutionProviderLibrary", "libvulkan.so.1"),
        ("webgpu:0", true, "GetEpDevices", "libvulkan.so.1"),
        ("openvino:CPU", true, "SessionOptionsAppendExecutionProvider_V2", "libtbb.so.12"),
    ]

    @Test(arguments: missing)
    func aMissingLibraryIsNamed(device: String, isPlugIn: Bool, call: String, library: String) async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("fail", "\(call):Failed to load library \(library)")
            let backend = try runtime.backend(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            let error = try await #require(throws: FoveaError.self) { try await backend.open(runtime.model) }
            #expect(error.code == .engineUnavailable)
            for part in [device, library, "fovea doctor"] {
                #expect(error.message.contains(part), "\(part) is not in: \(error.message)")
            }
            // 1 is ORT_FAIL.
            let status = try #require(error.cause as? ONNXRuntimeStatus)
            #expect(status.code == 1 && status.message == "Failed to load library \(library)")
            #expect(backend.usableProviders == ["CPUExecutionProvider"])
            #expect(runtime.calls.named("CreateSession") == [])
        }
    }

    @Test(arguments: [
        ("webgpu:2", "NVIDIA, Intel"), ("tensorrt-rtx:2", "NVIDIA, NVIDIA"),
        ("openvino:GPU.7", "CPU, GPU.0, GPU.1, NPU"),
    ])
    func anUnknownDeviceNamesThoseThatAreThere(device: String, there: String) async throws {
        try await RecordingRuntime.with { runtime in
            let error = try await runtime.failure(device, plugIn: runtime.plugIn)
            #expect(error.code == .engineUnavailable)
            for part in [device, "only \(there).", "fovea doctor"] {
                #expect(error.message.contains(part), "\(part) is not in: \(error.message)")
            }
            #expect(runtime.calls.named("SessionOptionsAppendExecutionProvider_V2") == [])
        }
    }

    @Test(arguments: ["webgpu:0", "tensorrt-rtx:0", "openvino:GPU.0"])
    func aMachineWithoutADeviceIsTold(device: String) async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("devices", "CPUExecutionProvider;AuthenticAMD;\n")
            let error = try await runtime.failure(device, plugIn: runtime.plugIn)
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains("finds no device on this machine"))
        }
    }

    @Test(arguments: ["webgpu:0", "tensorrt-rtx:0", "openvino:CPU"])
    func aLibraryFromBeforePlugInsIsRefused(device: String) async throws {
        try await RecordingRuntime.with(version: "1.20.1") { runtime in
            let error = try await runtime.failure(device, plugIn: runtime.plugIn)
            #expect(error.code == .engineUnavailable)
            for part in ["1.20.1", runtime.library, runtime.plugIn, "1.24 or newer"] {
                #expect(error.message.contains(part), "\(part) is not in: \(error.message)")
            }
            // Asking for a newer table would write to standard error.
            #expect(Set(runtime.calls.named("GetApi").map(\.arguments)) == [["20"]])
        }
    }

    @Test(arguments: ["webgpu", "tensorrt-rtx"])
    func aPlugInThatIsNotInstalledNamesTheCommand(kind: String) async throws {
        try await RecordingRuntime.with { runtime in
            let error = try #require(throws: FoveaError.self) { try runtime.backend("\(kind):0") }
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains("\(kind):0"))
            #expect(error.message.contains("fovea backends install \(kind)"))
            #expect(runtime.calls == [], "Nothing is opened for that")
        }
    }

    @Test(arguments: ["armnn", "rknn"]) func otherEnginesDevicesAreRefused(device: String) async throws {
        try await RecordingRuntime.with { runtime in
            let error = try #require(throws: FoveaError.self) { try runtime.backend(device) }
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains(device))
        }
    }

    @Test func aPlugInThatFailedIsTriedAgain() async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("fail", "RegisterExecutionProviderLibrary:Failed to load library libcuda.so.1")
            _ = try await runtime.failure("tensorrt-rtx:0", plugIn: runtime.plugIn)
            try runtime.play("fail", "")
            let options = try await runtime.open("tensorrt-rtx:0", plugIn: runtime.plugIn)
            #expect(options.named("CreateSession").count == 1)
        }
    }
}
