import FoveaBackends
import FoveaCore
import ONNXRuntimeBackend
import Testing

/// What is made by the engine's calls is released, once.
@Suite(.needsCCompiler) struct ProviderLifetimeTests {
    private static let kinds: Set<Substring> = [
        "options", "cuda", "tensorrt", "rocm", "session", "status", "type", "metadata", "run", "value",
        "shape",
    ]

    /// Opens the model, and runs it if that succeeds.
    private func use(_ backend: ONNXRuntimeBackend, _ runtime: RecordingRuntime) async throws {
        guard let session = try? await backend.open(runtime.model) else { return }
        #expect(try await session.run([Tensor(shape: [1, 2], [Float(3), -4])])[0].floats() == [5, 0])
    }

    /// A pool's thread may hold a session for a moment after the run it did.
    private func expectBalance(_ runtime: RecordingRuntime, _ kinds: Set<Substring> = kinds) async {
        for _ in 0..<5000 {
            if runtime.calls.unbalanced(kinds) == [] { break }
            await Task.yield()
        }
        #expect(runtime.calls.unbalanced(kinds) == [])
    }

    @Test(arguments: HostThreadsTests.devices)
    func sessionsLeaveNothing(device: String, isPlugIn: Bool) async throws {
        try await RecordingRuntime.with { runtime in
            let backend = try runtime.backend(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            for _ in 0..<2 { try await use(backend, runtime) }
            await expectBalance(runtime)
            // The trials of two providers, and two models.
            #expect(runtime.calls.named("created").count { $0.kind == "session" } == 4)
        }
    }

    @Test(arguments: ProviderErrorTests.missing)
    func failuresLeaveNothing(device: String, isPlugIn: Bool, call: String, library: String) async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("fail", "\(call):Failed to load library \(library)")
            let backend = try runtime.backend(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            try await use(backend, runtime)
            await expectBalance(runtime)
            #expect(runtime.calls.named("created").contains { $0.kind == "status" })
        }
    }

    @Test(arguments: ["CreateSession", "CreateSessionFromArray", "Run", "AddSessionConfigEntry"])
    func failuresOfSessionsLeaveNothing(call: String) async throws {
        try await RecordingRuntime.with { runtime in
            try runtime.play("fail", "\(call):out of memory")
            let backend = try runtime.backend("cuda:0")
            if call == "Run" {
                let session = try await backend.open(runtime.model)
                _ = try? await session.run([Tensor(shape: [1, 2], [Float(3), -4])])
            } else {
                _ = try? await backend.open(runtime.model)
            }
            await expectBalance(runtime)
        }
    }

    /// Without a plug-in, whose environment stays, all goes with the backend.
    @Test func aBackendLeavesNothing() async throws {
        try await RecordingRuntime.with { runtime in
            try await use(runtime.backend("cuda:0"), runtime)
            await expectBalance(runtime, ["environment", "memory", "session"])
        }
    }
}
