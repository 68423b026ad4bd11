import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Testing

/// Options as Immich's service has them: `device_id`, `migraphx_fp16_enable`,
/// and `migraphx_model_cache_dir`, a folder that is there before.
@Suite(.needsCCompiler) struct MIGraphXProviderTests {
    @Test(arguments: [
        (Precision.fp32, "0", "0"), (.fp16, "1", "0"), (.bf16, "0", "1"),
    ])
    func optionsAreExact(precision: Precision, fp16: String, bf16: String) async throws {
        for id in ["0", "1"] {
            try await RecordingRuntime.with(version: "1.27.1") { runtime in
                let options = try await runtime.open("migraphx:\(id)", precision)
                let appended = options.named("SessionOptionsAppendExecutionProvider").map(\.arguments)
                let folders = runtime.cacheFolders("migraphx")
                try #require(appended.count == 1 && folders.count == 1)
                #expect(appended[0].first == "MIGraphX")
                #expect(
                    appended[0].dropFirst().sorted() == [
                        "device_id=\(id)", "migraphx_bf16_enable=\(bf16)", "migraphx_fp16_enable=\(fp16)",
                        "migraphx_model_cache_dir=\(folders[0])",
                    ])
            }
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with(version: "1.27.1") { runtime in
            let session = try await runtime.backend("migraphx:1", .fp16).open(runtime.model)
            #expect(
                session.placement
                    == Placement(
                        device: "migraphx:1", provider: "MIGraphXExecutionProvider", precision: "fp16"))
            #expect(session.operators == ["MIGraphXExecutionProvider": 2])
            #expect(session.shapes == .few)
        }
    }
}
