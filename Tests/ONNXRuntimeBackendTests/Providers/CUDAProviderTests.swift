import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Testing

/// Options as Immich's service has them (`device_id`, `arena_extend_strategy`),
/// and those that keep answers float32 and the first run short, by ONNX
/// Runtime's documentation of its CUDA provider.
@Suite(.needsCCompiler) struct CUDAProviderTests {
    private func options(_ runtime: RecordingRuntime, _ options: [RecordedCall]) throws -> [String] {
        try runtime.ownOptions(
            options, append: "SessionOptionsAppendExecutionProvider_CUDA_V2",
            update: "UpdateCUDAProviderOptions")
    }

    @Test(arguments: ["0", "1", "12"]) func optionsAreExact(id: String) async throws {
        try await RecordingRuntime.with { runtime in
            let calls = try await runtime.open("cuda:\(id)")
            #expect(
                try options(runtime, calls).sorted() == [
                    "arena_extend_strategy=kSameAsRequested", "cudnn_conv_algo_search=HEURISTIC",
                    "device_id=\(id)", "use_tf32=0",
                ])
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with { runtime in
            let backend = try runtime.backend("cuda:1")
            #expect(backend.usableProviders == ["CUDAExecutionProvider", "CPUExecutionProvider"])
            let session = try await backend.open(runtime.model)
            #expect(
                session.placement
                    == Placement(device: "cuda:1", provider: "CUDAExecutionProvider", precision: "fp32"))
            #expect(session.shapes == .few)
            #expect(session.operators == ["CUDAExecutionProvider": 2])
            #expect(try await session.run([Tensor(shape: [1, 2], [Float(3), -4])])[0].floats() == [5, 0])
        }
    }

    /// 1.20 is what serves the oldest cards.
    @Test(arguments: ["1.20.2", "1.22.0"]) func oldVersionsServeOldCards(version: String) async throws {
        try await RecordingRuntime.with(version: version) { runtime in
            let calls = try await runtime.open("cuda:0")
            let options = try options(runtime, calls)
            #expect(options.contains("device_id=0"))
        }
    }
}
