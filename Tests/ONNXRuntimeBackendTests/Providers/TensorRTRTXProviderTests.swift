import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Testing

/// A plug-in whose devices are taken by their number.
@Suite(.needsCCompiler) struct TensorRTRTXProviderTests {
    @Test(arguments: zip(["0", "1"], ["device5", "device8"]))
    func theDeviceIsTheNthOfItsKind(id: String, device: String) async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("tensorrt-rtx:\(id)", plugIn: runtime.plugIn)
            let folders = runtime.cacheFolders("tensorrt-rtx")
            try #require(folders.count == 1)
            #expect(
                options.named("SessionOptionsAppendExecutionProvider_V2").map(\.arguments) == [
                    [device, "nv_runtime_cache_path=\(folders[0])"]
                ])
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with { runtime in
            let backend = try runtime.backend("tensorrt-rtx:1", plugIn: runtime.plugIn)
            let session = try await backend.open(runtime.model)
            #expect(session.placement.device == "tensorrt-rtx:1")
            #expect(session.placement.provider == "NvTensorRTRTXExecutionProvider")
            #expect(session.operators == ["NvTensorRTRTXExecutionProvider": 2])
            #expect(session.shapes == .few)
        }
    }
}
