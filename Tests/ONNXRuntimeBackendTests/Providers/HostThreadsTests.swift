import ONNXRuntimeBackend
import Testing

/// What the host does beside an accelerator.
@Suite(.needsCCompiler) struct HostThreadsTests {
    /// Devices, and whether they need a plug-in.
    static let devices = [
        ("cuda:0", false), ("tensorrt:0", false), ("migraphx:0", false), ("rocm:0", false),
        ("openvino:GPU.0", false), ("openvino:GPU.0", true), ("webgpu:0", true), ("tensorrt-rtx:0", true),
    ]

    @Test(arguments: devices)
    func theirNumberIsLeftToTheEngineAndTheyDoNotSpin(device: String, isPlugIn: Bool) async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            #expect(options.named("SetIntraOpNumThreads").map(\.arguments) == [["0"]])
            #expect(options.named("SetInterOpNumThreads").map(\.arguments) == [["0"]])
            #expect(
                Set(options.entries).isSuperset(of: [
                    "session.intra_op.allow_spinning=0", "session.inter_op.allow_spinning=0",
                    "session.record_ep_graph_assignment_info=1",
                ]))
        }
    }

    @Test(arguments: devices) func theirNumberCanBeSet(device: String, isPlugIn: Bool) async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open(device, plugIn: isPlugIn ? runtime.plugIn : nil) {
                $0.intraOpThreads = 3
                $0.interOpThreads = 1
            }
            #expect(options.named("SetIntraOpNumThreads").map(\.arguments) == [["3"]])
            #expect(options.named("SetInterOpNumThreads").map(\.arguments) == [["1"]])
            #expect(options.named("SetSessionExecutionMode") == [])
            #expect(options.named("DisableCpuMemArena") == [])
        }
    }

    /// The service's settings hold for every session, whatever it runs on:
    /// `MODEL_INTER_OP_THREADS` above 1 runs branches in parallel,
    /// `MODEL_ARENA` turns the host's arena off.
    @Test(arguments: devices) func settingsHoldForTheHostToo(device: String, isPlugIn: Bool) async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open(device, plugIn: isPlugIn ? runtime.plugIn : nil) {
                $0.interOpThreads = 2
                $0.arena = false
            }
            #expect(options.named("SetSessionExecutionMode").map(\.arguments) == [["1"]])
            #expect(options.named("DisableCpuMemArena").count == 1)
            // What the accelerator leaves to the processor is computed as there.
            #expect(options.entries.contains("session.set_denormal_as_zero=1"))
        }
    }

    /// Only tables of 1.24 and later tell who took what.
    @Test func oldVersionsAreNotAskedWhoTookWhat() async throws {
        try await RecordingRuntime.with(version: "1.22.2") { runtime in
            let options = try await runtime.open("cuda:0")
            #expect(
                options.entries.filter { $0.hasPrefix("session.record") } == [])
            #expect(runtime.calls.named("Session_GetEpGraphAssignmentInfo") == [])
        }
    }
}
