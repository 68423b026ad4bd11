import Synchronization

/// A load of clients each of which sends its next request once it has the
/// answer to the last one.
package struct ClosedLoop: Sendable {
    package var clients: Int
    /// Seconds that do not count, until all clients are under way and caches
    /// and clocks have settled.
    package var leadIn: Double
    /// Seconds that count.
    package var seconds: Double

    /// So many failures in a row end a client: what is broken stays so, and
    /// would fail a hundred thousand times a second.
    package static let mostFailuresInARow = 20

    package init(clients: Int, leadIn: Double = 0.5, seconds: Double) {
        self.clients = clients
        self.leadIn = leadIn
        self.seconds = seconds
    }

    /// Loads for ``leadIn`` and ``seconds``, and until the requests that are
    /// under way then are answered: others go on being sent meanwhile, so that
    /// the last ones are not answered faster than those before.
    ///
    /// - Parameters:
    ///   - processorTime: seconds that what is measured has used so far.
    ///   - request: sends one; is given the client's number and how many
    ///     requests were sent before it.
    package func run(
        processorTime: @escaping @Sendable () -> Double? = { nil },
        _ request: @escaping @Sendable (_ client: Int, _ number: Int) async throws -> Void
    ) async -> LoadResult {
        let clock = Stopwatch()
        let course = Course(clients: clients)
        return await withTaskGroup(of: [LoadSample].self) { group in
            for client in 0..<clients {
                group.addTask { await course.samples(of: client, clock, request) }
            }
            let (window, cpuSeconds) = await processorTimeInWindow(clock, processorTime)
            course.close(at: window.upperBound)
            let samples = await group.reduce(into: []) { $0 += $1 }
            return LoadResult(samples.sorted { $0.ended < $1.ended }, window: window, cpuSeconds: cpuSeconds)
        }
    }

    private func processorTimeInWindow(
        _ clock: Stopwatch, _ processorTime: @Sendable () -> Double?
    ) async -> (ClosedRange<Double>, Double?) {
        try? await Task.sleep(for: .seconds(leadIn))
        let (start, before) = (clock.seconds, processorTime())
        try? await Task.sleep(for: .seconds(max(0, leadIn + seconds - start)))
        let (end, after) = (clock.seconds, processorTime())
        return (start...end, before.flatMap { before in after.map { $0 - before } })
    }
}

/// Seconds since it was made.
struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}

/// How far a load is.
private final class Course: Sendable {
    private struct State {
        var sent = 0
        /// When the window ended.
        var end: Double?
        /// Clients whose last request that counts is not answered.
        var needed: Set<Int>
    }

    private let state: Mutex<State>

    init(clients: Int) {
        state = Mutex(State(needed: Set(0..<clients)))
    }

    func close(at end: Double) {
        state.withLock { $0.end = end }
    }

    func samples(
        of client: Int, _ clock: Stopwatch,
        _ request: @Sendable (_ client: Int, _ number: Int) async throws -> Void
    ) async -> [LoadSample] {
        var samples: [LoadSample] = []
        var failuresInARow = 0
        while !Task.isCancelled, let number = next() {
            let began = clock.seconds
            var failure: String?
            do {
                try await request(client, number)
                failuresInARow = 0
            } catch {
                failure = "\(error)"
                failuresInARow += 1
            }
            let ended = clock.seconds
            samples.append(LoadSample(began: began, ended: ended, failure: failure))
            answered(client, at: ended)
            if failuresInARow == ClosedLoop.mostFailuresInARow { break }
            // What is answered without waiting would keep the others from their turns.
            await Task.yield()
        }
        answered(client, at: .infinity)
        return samples
    }

    private func next() -> Int? {
        state.withLock { state in
            guard !state.needed.isEmpty else { return nil }
            defer { state.sent += 1 }
            return state.sent
        }
    }

    /// Infinity for a client that sends no more.
    private func answered(_ client: Int, at time: Double) {
        state.withLock { state in
            if time >= state.end ?? .infinity { state.needed.remove(client) }
        }
    }
}
