import FoveaCore
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct TurnstileTests {
    @Test func asManyAsFitAreInsideAtATime() async throws {
        let turnstile = Turnstile(width: 3)
        let room = Room()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await turnstile.pass {
                        room.enter("somebody")
                        for _ in 0..<5 { await Task.yield() }
                        room.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(room.guests.count == 200)
        #expect((1...3).contains(room.most))
    }

    @Test func whoComesFirstGoesFirst() async throws {
        let turnstile = Turnstile(width: 1)
        let door = Door()
        let room = Room()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await turnstile.pass { await door.pass() } }
            await door.whenSomebodyWaits()
            for number in 0..<20 {
                let observer = Observer()
                group.addTask {
                    try await WorkObservation.$current.withValue(observer) {
                        try await turnstile.pass { room.enter(String(number)) }
                    }
                }
                // It has drawn its ticket by then; its place in the line is next.
                await observer.whenItWaits()
                for _ in 0..<20 { await Task.yield() }
            }
            door.open()
            try await group.waitForAll()
        }
        #expect(room.guests == (0..<20).map(String.init))
    }

    @Test func whoLeavesTheLineKeepsNobody() async throws {
        let turnstile = Turnstile(width: 1)
        let door = Door()
        let inside = Task { try await turnstile.pass { await door.pass() } }
        await door.whenSomebodyWaits()
        let impatient = Task { try await turnstile.pass {} }
        let patient = Task { try await turnstile.pass { "went in" } }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        door.open()
        try await inside.value
        #expect(try await patient.value == "went in")
        #expect(try await turnstile.pass { "and again" } == "and again")
    }

    @Test func whoWasCancelledBeforeDoesNotWait() async throws {
        let turnstile = Turnstile(width: 1)
        let door = Door()
        let inside = Task { try await turnstile.pass { await door.pass() } }
        await door.whenSomebodyWaits()
        let late = Task {
            for await _ in AsyncStream<Never>.makeStream().stream {}  // Ends by cancellation.
            try await turnstile.pass {}
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        door.open()
        try await inside.value
    }

    @Test func anErrorLetsTheNextIn() async throws {
        struct Failure: Error {}
        let turnstile = Turnstile(width: 1)
        for _ in 0..<3 {
            await #expect(throws: Failure.self) { try await turnstile.pass { throw Failure() } }
        }
        #expect(try await turnstile.pass { 1 } == 1)
    }

    @Test func aTurnstileLetsAtLeastOneThrough() async throws {
        #expect(try await Turnstile(width: 0).pass { 1 } == 1)
    }

    @Test func manyComeAndSomeGo() async {
        let turnstile = Turnstile(width: 2)
        await withTaskGroup { group in
            for number in 0..<500 {
                group.addTask {
                    let visit = Task { try await turnstile.pass { await Task.yield() } }
                    if number % 3 == 0 {
                        for _ in 0..<number % 7 { await Task.yield() }
                        visit.cancel()
                    }
                    _ = try? await visit.value
                }
            }
        }
        // Every place was given back: as many as ever fit.
        let door = Door()
        let both = (0..<2).map { _ in Task { try await turnstile.pass { await door.pass() } } }
        await door.whenSomebodyWaits(count: 2)
        door.open()
        for task in both { _ = try? await task.value }
    }

    @Test func theWaitIsReported() async throws {
        let turnstile = Turnstile(width: 1)
        let trace = PredictionTrace()
        try await PredictionTrace.$current.withValue(trace) { try await turnstile.pass {} }
        #expect(trace.report.durations[.queue] == nil, "Nobody waited")
        let door = Door()
        let inside = Task { try await turnstile.pass { await door.pass() } }
        await door.whenSomebodyWaits()
        let observer = Observer()
        let waiting = Task {
            try await PredictionTrace.$current.withValue(trace) {
                try await WorkObservation.$current.withValue(observer) { try await turnstile.pass {} }
            }
        }
        await observer.whenItWaits()
        door.open()
        try await inside.value
        try await waiting.value
        #expect(trace.report.durations[.queue] != nil)
    }

    /// Knows who came in, in order, and how many were inside at a time.
    private final class Room: Sendable {
        private let state = Mutex((inside: 0, most: 0, guests: [String]()))

        var most: Int { state.withLock { $0.most } }
        var guests: [String] { state.withLock { $0.guests } }

        func enter(_ guest: String) {
            state.withLock { state in
                state.inside += 1
                state.most = max(state.most, state.inside)
                state.guests.append(guest)
            }
        }

        func leave() { state.withLock { $0.inside -= 1 } }
    }

    /// Knows when a task has to wait.
    private final class Observer: WorkObserver {
        private let events = AsyncStream<Void>.makeStream()

        func workWaits() { events.continuation.yield() }
        func workBegins() {}
        func whenItWaits() async { for await _ in events.stream { return } }
    }

    /// Closed until it is opened.
    private final class Door: Sendable {
        private let arrivals = AsyncStream<Void>.makeStream()
        private let waiting = Mutex<[CheckedContinuation<Void, Never>]?>([])

        func pass() async {
            await withCheckedContinuation { continuation in
                let isOpen = waiting.withLock { waiting in
                    waiting?.append(continuation)
                    return waiting == nil
                }
                arrivals.continuation.yield()
                if isOpen { continuation.resume() }
            }
        }

        func whenSomebodyWaits(count: Int = 1) async {
            var left = count
            for await _ in arrivals.stream {
                left -= 1
                if left == 0 { return }
            }
        }

        func open() {
            let waiting = waiting.withLock { waiting in
                defer { waiting = nil }
                return waiting ?? []
            }
            for continuation in waiting { continuation.resume() }
        }
    }
}
