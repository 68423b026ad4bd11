import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Testing

/// A plug-in whose devices are taken by their number, and which keeps nothing.
@Suite(.needsCCompiler) struct WebGPUProviderTests {
    @Test(arguments: zip(["0", "1"], ["device2", "device9"]))
    func theDeviceIsTheNthOfItsKind(id: String, device: String) async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("webgpu:\(id)", plugIn: runtime.plugIn)
            #expect(
                options.named("SessionOptionsAppendExecutionProvider_V2").map(\.arguments) == [[device]])
        }
    }

    @Test func aPlugInIsOpenedOnce() async throws {
        try await RecordingRuntime.with { runtime in
            for _ in 0..<2 {
                let backend = try runtime.backend("webgpu:0", plugIn: runtime.plugIn)
                for _ in 0..<2 { _ = try await backend.open(runtime.model) }
            }
            let registered = runtime.calls.named("RegisterExecutionProviderLibrary")
            #expect(registered.map { $0.arguments.last } == [runtime.plugIn])
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with { runtime in
            let backend = try runtime.backend("webgpu:1", plugIn: runtime.plugIn)
            #expect(backend.usableProviders == ["WebGpuExecutionProvider", "CPUExecutionProvider"])
            let session = try await backend.open(runtime.model)
            #expect(
                session.placement
                    == Placement(device: "webgpu:1", provider: "WebGpuExecutionProvider", precision: "fp32"))
            #expect(session.operators == ["WebGpuExecutionProvider": 2])
            #expect(session.shapes == .any)
        }
    }
}
