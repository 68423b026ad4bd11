import FoveaCore
import FoveaEngine
import Testing

/// An engine within a memory budget, with models of ``FakeTowers``.
@Suite(.timeLimit(.minutes(2))) struct EngineMemoryTests {
    private static let one = FakeTowers.modelBytes
    private let waits = "log: visual model 'b' waits until others release the memory it needs"

    @Test func aModelIsReleasedAndTrimmedBeforeTheNextIsOpened() async throws {
        try await FakeTowers.with({ $0.memoryBudget = Self.one }) { towers in
            try await towers.see("a")
            try await towers.see("b")
            #expect(
                towers.happened == [
                    "loading a", "open a", "loaded a", "run a with priority normal",
                    "release a", "trim", "unloaded a, evicted",
                    "loading b", "open b", "loaded b", "run b with priority normal",
                ])
        }
    }

    @Test func theLeastRecentlyUsedModelMakesRoom() async throws {
        try await FakeTowers.with({ $0.memoryBudget = 2 * Self.one }) { towers in
            for model in ["a", "b", "a", "c"] { try await towers.see(model) }
            #expect(towers.happened.contains("unloaded b, evicted"))
            #expect(!towers.happened.contains("release a"))
        }
    }

    @Test func aModelInUseIsWaitedForAndTheWaitIsReported() async throws {
        try await FakeTowers.with({ $0.memoryBudget = Self.one }) { towers in
            towers.gates.close("run a")
            async let first = towers.see("a")
            await towers.journal.wait(for: "run a with priority normal")
            async let second = towers.see("b")
            await towers.journal.wait(for: waits)
            #expect(!towers.happened.contains("release a"))
            towers.gates.open("run a")
            _ = try await first
            let report = try await second
            #expect(report.durations[.queue] != nil && report.durations[.load] != nil)
            #expect(
                Array(towers.happened.drop { $0 != "release a" }.prefix(4)) == [
                    "release a", "trim", "unloaded a, evicted", "loading b",
                ])
        }
    }

    @Test func whoHangsUpWhileWaitingIsForgotten() async throws {
        try await FakeTowers.with({ $0.memoryBudget = Self.one }) { towers in
            towers.gates.close("run a")
            async let first = towers.see("a")
            await towers.journal.wait(for: "run a with priority normal")
            let second = Task { try await towers.see("b") }
            await towers.journal.wait(for: waits)
            second.cancel()
            // Its wait ends although the memory is still taken.
            await #expect(throws: CancellationError.self) { try await second.value }
            towers.gates.open("run a")
            _ = try await first
            try await towers.see("c")
            #expect(!towers.happened.contains("open b"))
        }
    }

    @Test func whatNeverFitsIsRefusedAndToldAsAnEvent() async throws {
        try await FakeTowers.with({ $0.memoryBudget = Self.one - 1 }) { towers in
            let error = await #expect(throws: FoveaError.self) { try await towers.see("a") }
            #expect(error?.code == .outOfMemory)
            #expect(error?.message.contains("FOVEA_MEMORY_BUDGET") == true)
            #expect(towers.happened == ["failed a: \(error?.message ?? "")"])
        }
    }

    @Test func preloadedModelsAreNotUnloadedForOthers() async throws {
        try await FakeTowers.with({ $0.memoryBudget = Self.one }) { towers in
            try await towers.engine.preload(ModelID(.clip, .visual, name: "a"))
            #expect(towers.happened == ["loading a", "open a", "loaded a for good"])
            let error = await #expect(throws: FoveaError.self) { try await towers.see("b") }
            #expect(error?.message.contains("held for good by clip/a/visual") == true)
            try await towers.see("a")
        }
    }

    @Test func modelsToKeepAreNotUnloadedForOthers() async throws {
        try await FakeTowers.with({
            $0.memoryBudget = Self.one
            $0.keepAlways = { $0.name == "a" }
        }) { towers in
            try await towers.see("b")
            try await towers.see("a")
            #expect(towers.happened.contains("unloaded b, evicted"))
            #expect(towers.happened.contains("loaded a for good"))
            await #expect(throws: FoveaError.self) { try await towers.see("b") }
        }
    }

    @Test func idleModelsAreReleasedAndTrimmed() async throws {
        try await FakeTowers.with({
            $0.modelTimeToLive = .zero
            $0.modelSweepInterval = .milliseconds(1)
        }) { towers in
            try await towers.see("a")
            let sweeping = Task { await towers.engine.run() }
            await towers.journal.wait(for: "unloaded a, idle")
            #expect(towers.happened.suffix(3) == ["release a", "trim", "unloaded a, idle"])
            sweeping.cancel()
            await sweeping.value
        }
    }

    @Test func modelsInUseAreNotSwept() async throws {
        try await FakeTowers.with({
            $0.modelTimeToLive = .zero
            $0.modelSweepInterval = .milliseconds(1)
        }) { towers in
            let sweeping = Task { await towers.engine.run() }
            towers.gates.close("run a")
            async let first = towers.see("a")
            await towers.journal.wait(for: "run a with priority normal")
            // The sweep runs: it gets another one.
            try await towers.see("b")
            await towers.journal.wait(for: "unloaded b, idle")
            #expect(!towers.happened.contains("release a"))
            towers.gates.open("run a")
            _ = try await first
            await towers.journal.wait(for: "unloaded a, idle")
            sweeping.cancel()
        }
    }
}
