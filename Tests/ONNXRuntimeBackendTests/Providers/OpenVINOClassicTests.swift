import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Testing

/// The provider that is built into an ONNX Runtime of its own: options as
/// Immich's service has them, `device_type`, `precision` and `cache_dir`.
@Suite(.needsCCompiler) struct OpenVINOClassicTests {
    private func appended(_ options: [RecordedCall]) throws -> [String] {
        let calls = options.named("SessionOptionsAppendExecutionProvider").map(\.arguments)
        try #require(calls.count == 1 && calls[0].first == "OpenVINO")
        return calls[0].dropFirst().sorted()
    }

    /// The provider refuses FP16 on processors and FP32 on NPUs.
    @Test(arguments: [
        ("GPU.0", Precision.fp32, "FP32"), ("GPU.1", .fp32, "FP32"), ("CPU", .fp32, "FP32"),
        ("NPU", .fp32, "ACCURACY"), ("GPU.0", .fp16, "FP16"), ("GPU.1", .fp16, "FP16"),
        ("NPU", .fp16, "FP16"), ("CPU", .fp16, "FP32"),
    ])
    func optionsAreExact(target: String, precision: Precision, name: String) async throws {
        try await RecordingRuntime.with(version: "1.24.1") { runtime in
            let options = try appended(await runtime.open("openvino:\(target)", precision))
            let folders = runtime.cacheFolders("openvino")
            try #require(folders.count == 1)
            #expect(
                options == [
                    "cache_dir=\(folders[0])", "device_type=\(target)", "precision=\(name)",
                ])
        }
    }

    @Test func threadsAreForItsProcessorAlone() async throws {
        try await RecordingRuntime.with(version: "1.24.1") { runtime in
            let onCPU = try appended(await runtime.open("openvino:CPU") { $0.intraOpThreads = 3 })
            #expect(onCPU.contains("num_of_threads=3"))
            let onGPU = try appended(await runtime.open("openvino:GPU.0") { $0.intraOpThreads = 3 })
            #expect(!onGPU.contains { $0.hasPrefix("num_of_threads") })
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with(version: "1.24.1") { runtime in
            // What is not computed in fp16 is not said to be.
            for (target, precision, shapes) in [("GPU.1", "fp16", ShapeSupport.few), ("CPU", "fp32", .any)] {
                let session = try await runtime.backend("openvino:\(target)", .fp16).open(runtime.model)
                #expect(
                    session.placement
                        == Placement(
                            device: "openvino:\(target)", provider: "OpenVINOExecutionProvider",
                            precision: precision))
                #expect(session.operators == ["OpenVINOExecutionProvider": 2])
                #expect(session.shapes == shapes)
            }
        }
    }
}
