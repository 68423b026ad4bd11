import FoveaCore
import FoveaEngine
import Synchronization
import Testing

/// An engine that loads models of ``FakeTowers``, and what it tells about it.
@Suite(.timeLimit(.minutes(2))) struct EngineLoadingTests {
    private let a = ModelID(.clip, .visual, name: "a")

    @Test func oneLoadServesAllWhoAsk() async throws {
        try await FakeTowers.with { towers in
            towers.gates.close("open a")
            try await withThrowingTaskGroup(of: PredictionReport.self) { group in
                for _ in 0..<20 { group.addTask { try await towers.see("a") } }
                await towers.journal.wait(for: "open a")
                towers.gates.open("open a")
                for try await report in group { #expect(report.runs.map(\.model) == [a]) }
            }
            #expect(towers.journal.count(of: "open a") == 1)
        }
    }

    @Test func aSlowLoadKeepsNobodyElseWaiting() async throws {
        try await FakeTowers.with { towers in
            towers.gates.close("open a")
            async let slow = towers.see("a")
            await towers.journal.wait(for: "open a")
            try await towers.see("b")
            #expect(!towers.happened.contains("loaded a"))
            towers.gates.open("open a")
            _ = try await slow
        }
    }

    @Test func aFailedLoadIsToldToAllAndTriedAgain() async throws {
        try await FakeTowers.with { towers in
            towers.gates.close("open broken")
            let codes = await withTaskGroup(of: FoveaError.Code?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        do { try await towers.see("broken") } catch { return (error as? FoveaError)?.code }
                        return nil
                    }
                }
                await towers.journal.wait(for: "open broken")
                towers.gates.open("open broken")
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes == Array(repeating: .modelInvalid, count: 5))
            await #expect(throws: FoveaError.self) { try await towers.see("broken") }
            #expect(towers.journal.count(of: "open broken") >= 2)
            #expect(towers.happened.contains("failed broken: The file is no model."))
        }
    }

    @Test func aRequesterThatHangsUpDoesNotEndTheLoad() async throws {
        try await FakeTowers.with { towers in
            towers.gates.close("open a")
            let gone = Task { try await towers.see("a") }
            await towers.journal.wait(for: "open a")
            gone.cancel()
            async let stays = towers.see("a")
            towers.gates.open("open a")
            let report = try await stays
            #expect(report.runs.count == 1)
            await #expect(throws: CancellationError.self) { try await gone.value }
            #expect(towers.journal.count(of: "open a") == 1)
        }
    }

    @Test func theLoadedEventHasTheFacts() async throws {
        let events = Events()
        try await FakeTowers.with({ $0.onEvent = { events.add($0) } }) { towers in
            try await towers.see("a")
        }
        let list = events.list
        #expect(list.map(\.model) == [a, a])
        #expect(list.first == .loading(a))
        guard case .loaded(_, let placement, let bytes, let took, let pinned) = list.last else {
            Issue.record("\(list)")
            return
        }
        #expect(placement == .cpu)
        #expect(bytes == FakeTowers.modelBytes)
        #expect(took > .zero)
        #expect(!pinned)
    }

    @Test func textsGoAheadOfPictures() async throws {
        try await FakeTowers.with { towers in
            try await towers.read("a")
            try await towers.see("b")
            #expect(towers.happened.contains("run a with priority high"))
            #expect(towers.happened.contains("run b with priority normal"))
        }
    }

    private final class Events: Sendable {
        private let events = Mutex<[EngineEvent]>([])
        var list: [EngineEvent] { events.withLock { $0 } }
        func add(_ event: EngineEvent) { events.withLock { $0.append(event) } }
    }
}
