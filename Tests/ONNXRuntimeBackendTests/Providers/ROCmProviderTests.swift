import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Testing

/// Options by ONNX Runtime's documentation of its ROCm provider, of which 1.22
/// was the last.
@Suite(.needsCCompiler) struct ROCmProviderTests {
    @Test(arguments: ["0", "1"]) func optionsAreExact(id: String) async throws {
        try await RecordingRuntime.with(version: "1.22.2") { runtime in
            let calls = try await runtime.open("rocm:\(id)")
            let options = try runtime.ownOptions(
                calls, append: "SessionOptionsAppendExecutionProvider_ROCM",
                update: "UpdateROCMProviderOptions")
            #expect(
                options.sorted() == ["arena_extend_strategy=kSameAsRequested", "device_id=\(id)"])
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with(version: "1.22.2") { runtime in
            let session = try await runtime.backend("rocm:0").open(runtime.model)
            #expect(
                session.placement
                    == Placement(device: "rocm:0", provider: "ROCMExecutionProvider", precision: "fp32"))
            #expect(session.shapes == .few)
        }
    }
}
