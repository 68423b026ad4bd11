import ONNXRuntimeBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// The provider that is a plug-in: its device is found by OpenVINO's own name
/// for it, and its settings come from a file, because options are ignored
/// (docs.openvino.ai, "Runtime Properties", has their names).
@Suite(.needsCCompiler) struct OpenVINOPlugInTests {
    private typealias Properties = [String: [String: String]]

    private func json(_ options: [RecordedCall], at moment: String) throws -> Properties {
        let found = options.named("load_config at \(moment)").flatMap(\.arguments)
        try #require(found.count == 1)
        let object = try JSONSerialization.jsonObject(with: Data(found[0].utf8))
        return try #require(object as? Properties)
    }

    @Test(
        arguments: zip(["CPU", "GPU.0", "GPU.1", "NPU"], ["device3", "device4", "device6", "device7"]))
    func theDeviceIsTheOneOfThatName(target: String, device: String) async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("openvino:\(target)", plugIn: runtime.plugIn)
            let appended = options.named("SessionOptionsAppendExecutionProvider_V2").map(\.arguments)
            try #require(appended.count == 1 && appended[0].count == 2)
            #expect(appended[0][0] == device)
            #expect(appended[0][1].hasPrefix("load_config=/"))
            // Properties are by kind of device: there is no GPU.1 among them.
            #expect(
                try Array(json(options, at: "append").keys) == [target.hasPrefix("GPU") ? "GPU" : target])
        }
    }

    @Test(arguments: [(Precision.fp32, "f32"), (.fp16, "f16"), (.bf16, "bf16")])
    func propertiesAreExact(precision: Precision, hint: String) async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("openvino:GPU.1", precision, plugIn: runtime.plugIn) {
                $0.intraOpThreads = 3
            }
            let folders = runtime.cacheFolders("openvino")
            try #require(folders.count == 1)
            let expected = ["GPU": ["INFERENCE_PRECISION_HINT": hint, "CACHE_DIR": folders[0]]]
            #expect(try json(options, at: "append") == expected)
            // Read when the session is made: the file must still be there.
            #expect(try json(options, at: "CreateSession") == expected)
        }
    }

    @Test func threadsAreForItsProcessorAlone() async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("openvino:CPU", plugIn: runtime.plugIn) {
                $0.intraOpThreads = 3
            }
            let folders = runtime.cacheFolders("openvino")
            try #require(folders.count == 1)
            #expect(
                try json(options, at: "append") == [
                    "CPU": [
                        "INFERENCE_PRECISION_HINT": "f32", "CACHE_DIR": folders[0],
                        "INFERENCE_NUM_THREADS": "3",
                    ]
                ])
        }
    }

    @Test(arguments: ["", "CreateSession:no", "SessionOptionsAppendExecutionProvider_V2:no"])
    func theFileIsGoneAfterwards(failure: String) async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("fail", failure)
            let backend = try runtime.backend("openvino:CPU", plugIn: runtime.plugIn)
            _ = try? await backend.open(runtime.model)
            let paths = runtime.calls.flatMap(\.arguments).filter { $0.hasPrefix("load_config=") }
                .map { String($0.dropFirst("load_config=".count)) }
            // One of the trial, and one of the model.
            #expect(Set(paths).count == 2)
            for path in paths { #expect(!FileManager.default.fileExists(atPath: path)) }
        }
    }

    @Test func theOnlyGPUHasNoNumber() async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play(
                "devices",
                """
                OpenVINOExecutionProvider;GenuineIntel;ov_device=CPU
                OpenVINOExecutionProvider;Intel;ov_device=GPU
                """)
            let options = try await runtime.open("openvino:GPU.0", plugIn: runtime.plugIn)
            #expect(
                options.named("SessionOptionsAppendExecutionProvider_V2").compactMap(\.arguments.first)
                    == ["device1"])
            let error = try await runtime.failure("openvino:GPU.1", plugIn: runtime.plugIn)
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains("CPU, GPU"))
        }
    }

    @Test func theSessionSaysWhereItRuns() async throws {
        try await RecordingRuntime.with { runtime in
            for (target, shapes) in [("NPU", ShapeSupport.few), ("CPU", .any)] {
                let backend = try runtime.backend("openvino:\(target)", .bf16, plugIn: runtime.plugIn)
                let session = try await backend.open(runtime.model)
                #expect(
                    session.placement
                        == Placement(
                            device: "openvino:\(target)", provider: "OpenVINOExecutionProvider",
                            precision: "bf16"))
                #expect(session.operators == ["OpenVINOExecutionProvider": 2])
                #expect(session.shapes == shapes)
            }
        }
    }
}
