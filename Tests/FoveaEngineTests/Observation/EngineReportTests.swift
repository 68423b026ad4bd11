import FoveaCore
import FoveaEngine
import Testing

/// What an engine reports of its work, with models of ``FakeTowers``.
@Suite(.timeLimit(.minutes(2))) struct EngineReportTests {
    private let a = ModelID(.clip, .visual, name: "a")

    @Test func theFirstRequestReportsTheLoadAndTheNextDoesNot() async throws {
        try await FakeTowers.with { towers in
            let first = try await towers.see("a")
            #expect(first.runs == [.init(model: a, placement: .cpu, batch: 1, count: 1)])
            // The fake engine has no pool whose time would be that of runs.
            #expect(Set(first.durations.keys) == [.queue, .load, .decode, .prepare])
            let second = try await towers.see("a")
            #expect(second.runs == first.runs)
            #expect(Set(second.durations.keys) == [.queue, .decode, .prepare])
        }
    }

    @Test func aLoadCountsOnceThoughItsPartsUseThePool() async throws {
        try await FakeTowers.with { towers in
            let begun = SuspendingClock.now
            let report = try await towers.read("a")
            let passed = SuspendingClock.now - begun
            let load = try #require(report.durations[.load])
            #expect(load <= passed)
        }
    }

    @Test func nativeCallsAreNotedWhileTheyAreUnderWay() async throws {
        try await FakeTowers.with { towers in
            let calls = towers.engine.nativeCalls
            #expect(calls.oldest == nil)
            towers.gates.close("open a")
            towers.gates.close("run a")
            async let answer = towers.see("a")
            await towers.journal.wait(for: "open a")
            #expect(calls.oldest?.name == "open clip/a/visual")
            towers.gates.open("open a")
            await towers.journal.wait(for: "run a with priority normal")
            #expect(calls.oldest?.name == "run clip/a/visual")
            #expect(calls.count == 1)
            towers.gates.open("run a")
            _ = try await answer
            #expect(calls.count == 0)
        }
    }

    @Test func aFailedCallIsNotedNoMore() async throws {
        try await FakeTowers.with { towers in
            await #expect(throws: FoveaError.self) { try await towers.see("broken") }
            #expect(towers.engine.nativeCalls.count == 0)
        }
    }
}
