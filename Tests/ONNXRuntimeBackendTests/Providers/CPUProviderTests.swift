import ONNXRuntimeBackend
import Testing

/// What a session on the processor is set up with.
@Suite(.needsCCompiler) struct CPUProviderTests {
    @Test func itGetsTwoThreadsThatSleepSoon() async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("cpu")
            #expect(options.named("SetIntraOpNumThreads").map(\.arguments) == [["2"]])
            #expect(options.named("SetInterOpNumThreads").map(\.arguments) == [["1"]])
            #expect(
                options.entries.sorted() == [
                    "session.inter_op.spin_duration_us=100", "session.intra_op.spin_duration_us=100",
                    "session.set_denormal_as_zero=1", "session.use_env_allocators=1",
                ])
        }
    }

    /// Versions before 1.27 know no time to spin for, so they do not spin.
    @Test(arguments: ["1.20.1", "1.26.0"]) func oldVersionsDoNotSpin(version: String) async throws {
        try await RecordingRuntime.with(version: version) { runtime in
            let entries = try await runtime.open("cpu").entries.sorted()
            #expect(
                entries == [
                    "session.inter_op.allow_spinning=0", "session.intra_op.allow_spinning=0",
                    "session.set_denormal_as_zero=1", "session.use_env_allocators=1",
                ])
        }
    }

    @Test func threadsAndArenaAreAsSet() async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("cpu") {
                $0.intraOpThreads = 5
                $0.interOpThreads = 3
                $0.arena = false
            }
            #expect(options.named("SetIntraOpNumThreads").map(\.arguments) == [["5"]])
            #expect(options.named("SetInterOpNumThreads").map(\.arguments) == [["3"]])
            // 1 is ORT_PARALLEL.
            #expect(options.named("SetSessionExecutionMode").map(\.arguments) == [["1"]])
            #expect(options.named("DisableCpuMemArena").count == 1)
            #expect(options.named("DisableMemPattern") == [])
            #expect(!options.entries.contains("session.use_env_allocators=1"))
            #expect(runtime.calls.named("CreateAndRegisterAllocator") == [])
        }
    }

    @Test func sessionsShareAnArenaWithoutPatterns() async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("cpu")
            #expect(options.named("DisableMemPattern").count == 1)
            #expect(runtime.calls.named("CreateAndRegisterAllocator").map(\.arguments) == [["as usual"]])
        }
    }

    @Test func branchesRunInTurnAndTheArenaStaysUnlessSet() async throws {
        try await RecordingRuntime.with { runtime in
            let options = try await runtime.open("cpu") { $0.intraOpThreads = 4 }
            #expect(options.named("SetSessionExecutionMode") == [])
            #expect(options.named("DisableCpuMemArena") == [])
        }
    }

    @Test func nothingIsAppendedToIt() async throws {
        try await RecordingRuntime.with { runtime in
            _ = try await runtime.open("cpu")
            #expect(!runtime.calls.contains { $0.name.contains("AppendExecutionProvider") })
        }
    }
}
