import ONNXRuntimeBackend
import Foundation
import FoveaBackends
import FoveaCore
import Testing

/// A provider that takes none of a model's operators runs it in name only.
@Suite(.needsCCompiler) struct AssignmentTests {
    @Test(arguments: HostThreadsTests.devices)
    func aModelThatTheProcessorGotIsRefused(device: String, isPlugIn: Bool) async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("assignment", "CPUExecutionProvider 12")
            let backend = try runtime.backend(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            let error = try await #require(throws: FoveaError.self) { try await backend.open(runtime.model) }
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains("12 operators"))
            #expect(error.message.contains(runtime.model.path))
            #expect(error.message.contains("it would run on the processor in its name"))
            #expect(backend.usableProviders == ["CPUExecutionProvider"])
            #expect(runtime.calls.unbalanced(["session", "options"]) == [])
        }
    }

    @Test func aPartIsEnough() async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("assignment", "CPUExecutionProvider 7\nCUDAExecutionProvider 5")
            let session = try await runtime.backend("cuda:0").open(runtime.model)
            #expect(session.operators == ["CPUExecutionProvider": 7, "CUDAExecutionProvider": 5])
        }
    }

    @Test func partsOfOneProviderAreAddedUp() async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play(
                "assignment", "CUDAExecutionProvider 5\nCPUExecutionProvider 1\nCUDAExecutionProvider 3")
            let session = try await runtime.backend("cuda:0").open(runtime.model)
            #expect(session.operators == ["CPUExecutionProvider": 1, "CUDAExecutionProvider": 8])
        }
    }

    /// The provider of another device is no substitute.
    @Test func anotherProviderDoesNotCount() async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("assignment", "OpenVINOExecutionProvider.AUTO 2")
            let error = try await runtime.failure("openvino:GPU.0", plugIn: runtime.plugIn)
            #expect(error.code == .engineUnavailable)
        }
    }

    @Test func aLibraryThatDoesNotTellIsBelieved() async throws {
        try await RecordingRuntime.with(version: "1.22.0") { runtime in
            try runtime.play("assignment", "CPUExecutionProvider 2")
            let session = try await runtime.backend("cuda:0").open(runtime.model)
            #expect(session.operators == [:])
        }
    }
}
