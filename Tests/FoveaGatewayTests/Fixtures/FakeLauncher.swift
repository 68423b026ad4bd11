import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Synchronization

/// Starts workers that do as a test says.
final class FakeLauncher: WorkerLauncher {
    typealias Answering = @Sendable (PredictionCall, FakeWorker) async throws -> PredictionReply

    private let started = AsyncStream<FakeWorker>.makeStream()
    private let count = Mutex(0)
    private let startsReady: Bool
    private let answering: Answering

    /// - Parameters:
    ///   - startsReady: whether workers take requests at once.
    ///   - answering: what workers do with a request.
    init(startsReady: Bool = true, _ answering: @escaping Answering = FakeLauncher.echo) {
        self.startsReady = startsReady
        self.answering = answering
    }

    /// The next worker that was started, as soon as it is.
    func worker() async -> FakeWorker? {
        for await worker in started.stream { return worker }
        return nil
    }

    /// Workers that were started.
    var starts: Int { count.withLock { $0 } }

    func run(
        _ slot: Slot, onStart: @escaping @Sendable (any Worker) async -> Void,
        onEvent: @escaping @Sendable (WorkerEvent) async -> Void
    ) async -> Death {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let worker = FakeWorker(number: number, slot: slot.index, answering: answering)
        await onStart(worker)
        if startsReady { worker.say(.ready(engine: "fake engine")) }
        started.continuation.yield(worker)
        for await event in worker.events { await onEvent(event) }
        return worker.death
    }

    /// Answers with the text that was sent.
    static let echo: Answering = { call, _ in
        guard case .text(let text) = call.request.payload else { return reply("a picture") }
        return reply(text)
    }

    static func reply(_ text: String, report: PredictionReport = PredictionReport()) -> PredictionReply {
        PredictionReply(json: Array(text.utf8), report: report)
    }
}

/// A worker that is part of a test.
final class FakeWorker: Worker {
    /// Counts workers from 1 on.
    let number: Int
    let slot: Int
    let events: AsyncStream<WorkerEvent>
    private let feed: AsyncStream<WorkerEvent>.Continuation
    private let answering: FakeLauncher.Answering
    private let ending = Mutex<Death?>(nil)
    private let orders = Mutex<[String]>([])

    init(number: Int, slot: Int, answering: @escaping FakeLauncher.Answering) {
        self.number = number
        self.slot = slot
        self.answering = answering
        (events, feed) = AsyncStream.makeStream()
    }

    var processID: Int32? { Int32(1000 + number) }

    func predict(_ call: PredictionCall) async throws -> PredictionReply { try await answering(call, self) }

    func say(_ event: WorkerEvent) { feed.yield(event) }

    /// How it ended.
    var death: Death { ending.withLock { $0 } ?? Death(.exited, "it ended without a reason") }

    /// What it was told: `stop`, `kill`.
    var told: [String] { orders.withLock { $0 } }

    func die(_ death: Death = Death(.crashed, "it was ended by signal 11")) {
        ending.withLock { $0 = $0 ?? death }
        feed.finish()
    }

    func stop() {
        orders.withLock { $0.append("stop") }
        die(Death(.exited, "it exited with status 0"))
    }

    func kill() {
        orders.withLock { $0.append("kill") }
        die(Death(.killed, "it was ended by signal 9"))
    }

    /// Dies in the middle of a request.
    func breakOff() throws -> Never {
        struct ConnectionReset: Error {}
        die()
        throw WorkerLost(cause: ConnectionReset())
    }
}

/// Waits until the task is cancelled.
func waitForCancellation() async throws -> Never {
    for await _ in AsyncStream<Never>.makeStream().stream {}
    throw CancellationError()
}

/// Waits for something that will be; the suite's limit on time ends it where
/// it never is.
func until(_ condition: () async throws -> Bool) async rethrows {
    while !(try await condition()), !Task.isCancelled { await Task.yield() }
}
