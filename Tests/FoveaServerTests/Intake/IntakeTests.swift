import FoveaServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct IntakeTests {
    private func intake(requests: Int = 1, bytes: Int = 100, rejects: Bool = false) -> Intake {
        Intake(maximumRequests: requests, maximumBytes: bytes, rejects: rejects)
    }

    @Test func whatThereIsRoomForDoesNotWait() async throws {
        let intake = intake()
        let pass = try intake.begin()
        try await pass.take(60)
        try await pass.take(40)
        #expect(intake.load == (0, 100))
        pass.complete()
        #expect(intake.load == (1, 100))
        pass.end()
        #expect(intake.load == (0, 0))
    }

    @Test func aPauseEndsWhenThereIsRoom() async throws {
        let intake = intake()
        let first = try intake.begin()
        first.complete()
        let passes = try (0..<10).map { _ in try intake.begin() }
        let went = Counter()
        await withTaskGroup { group in
            for pass in passes {
                group.addTask {
                    try? await pass.take(5)
                    went.increment()
                }
            }
            for _ in 0..<100 { await Task.yield() }
            #expect(went.count == 0)
            first.end()
        }
        #expect(went.count == 10)
        #expect(intake.load == (0, 50))
    }

    @Test func aClientThatIsGoneDoesNotWait() async throws {
        let intake = intake()
        let first = try intake.begin()
        first.complete()
        let pass = try intake.begin()
        let waiting = Task { try await pass.take(5) }
        for _ in 0..<100 { await Task.yield() }
        waiting.cancel()
        try await waiting.value
        #expect(intake.load == (1, 0), "What it sent is not kept")
        pass.end()
        first.end()
        #expect(intake.load == (0, 0))
    }

    @Test func aClientThatWasGoneBeforeDoesNotWait() async throws {
        let intake = intake()
        let first = try intake.begin()
        first.complete()
        let pass = try intake.begin()
        let waiting = Task {
            for await _ in AsyncStream<Never>.makeStream().stream {}  // Ends by cancellation.
            try await pass.take(5)
            try await pass.take(5)
        }
        waiting.cancel()
        try await waiting.value
        pass.end()
        first.end()
        #expect(intake.load == (0, 0))
    }

    @Test func whoFindsNoRoomMayBeRefused() async throws {
        let intake = intake(requests: 2, rejects: true)
        let passes = try (0..<2).map { _ in try intake.begin() }
        for pass in passes { pass.complete() }
        #expect(status { try intake.begin() } == 429)
        passes[0].end()
        let pass = try intake.begin()
        try await pass.take(100)
        #expect(status { try intake.begin() } == 429, "No byte is left")
        pass.end()
        _ = try intake.begin()
    }

    /// Whoever waits is let in, or is gone; nobody is forgotten.
    @Test func manyComeAndGo() async throws {
        let intake = intake(requests: 3, bytes: 200)
        await withTaskGroup { group in
            for number in 0..<500 {
                group.addTask {
                    guard let pass = try? intake.begin() else { return }
                    let reading = Task {
                        for _ in 0..<number % 7 {
                            try await pass.take(20)
                            if Task.isCancelled { return }
                        }
                        pass.complete()
                        await Task.yield()
                    }
                    if number % 5 == 0 {
                        for _ in 0..<number % 11 { await Task.yield() }
                        reading.cancel()
                    }
                    try? await reading.value
                    pass.end()
                }
            }
        }
        #expect(intake.load == (0, 0))
    }
}

private final class Counter: Sendable {
    private let state = Mutex(0)
    var count: Int { state.withLock { $0 } }
    func increment() { state.withLock { $0 += 1 } }
}
