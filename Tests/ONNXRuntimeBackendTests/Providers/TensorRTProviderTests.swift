import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// Options by ONNX Runtime's documentation of its TensorRT provider.
@Suite(.needsCCompiler) struct TensorRTProviderTests {
    private func options(_ runtime: RecordingRuntime, _ options: [RecordedCall]) throws -> [String] {
        try runtime.ownOptions(
            options, append: "SessionOptionsAppendExecutionProvider_TensorRT_V2",
            update: "UpdateTensorRTProviderOptions")
    }

    @Test(arguments: [
        (Precision.fp32, "0", "0"), (.fp16, "1", "0"), (.bf16, "0", "1"),
    ])
    func optionsAreExact(precision: Precision, fp16: String, bf16: String) async throws {
        for id in ["0", "1"] {
            try await RecordingRuntime.with { runtime in
                let calls = try await runtime.open("tensorrt:\(id)", precision)
                let folders = runtime.cacheFolders("tensorrt")
                try #require(folders.count == 1)
                #expect(
                    try options(runtime, calls).sorted() == [
                        "device_id=\(id)", "trt_bf16_enable=\(bf16)",
                        "trt_engine_cache_enable=1", "trt_engine_cache_path=\(folders[0])",
                        "trt_fp16_enable=\(fp16)",
                        "trt_timing_cache_enable=1", "trt_timing_cache_path=\(folders[0])",
                    ])
            }
        }
    }

    /// What TensorRT cannot compile stays on the GPU.
    @Test func cudaComesBehindIt() async throws {
        try await RecordingRuntime.with { runtime in
            let calls = try await runtime.open("tensorrt:1")
            let appended = calls.map(\.name).filter { $0.contains("AppendExecutionProvider") }
            #expect(
                appended == [
                    "SessionOptionsAppendExecutionProvider_TensorRT_V2",
                    "SessionOptionsAppendExecutionProvider_CUDA_V2",
                ])
            let cuda = runtime.calls.named("UpdateCUDAProviderOptions")
            #expect(!cuda.isEmpty)
            #expect(cuda.allSatisfy { $0.arguments.contains("device_id=1") })
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with { runtime in
            let session = try await runtime.backend("tensorrt:0", .fp16).open(runtime.model)
            #expect(
                session.placement
                    == Placement(
                        device: "tensorrt:0", provider: "TensorrtExecutionProvider", precision: "fp16"))
            #expect(session.operators == ["TensorrtExecutionProvider": 2])
            #expect(session.shapes == .few)
        }
    }

    @Test func nothingIsKeptOfAGraphInMemory() async throws {
        try await RecordingRuntime.with { runtime in
            _ = try runtime.backend("tensorrt:0").usableProviders
            let updates = runtime.calls.named("UpdateTensorRTProviderOptions")
            #expect(updates.map(\.arguments) == [["device_id=0", "trt_bf16_enable=0", "trt_fp16_enable=0"]])
            #expect(runtime.cacheFolders("tensorrt") == [])
        }
    }
}
