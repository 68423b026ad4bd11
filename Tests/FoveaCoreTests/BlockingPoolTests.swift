import FoveaCore
import Foundation
import Synchronization
import Testing

/// A limit on time only ends a test that would wait for ever.
@Suite(.timeLimit(.minutes(2))) struct BlockingPoolTests {
    private struct Failure: Error, Equatable {}

    @Test func resultsAndErrorsComeBack() async throws {
        let pool = BlockingPool(name: "test", width: 1)
        #expect(try await pool.run { 6 * 7 } == 42)
        await #expect(throws: Failure()) { try await pool.run { throw Failure() } }
        // The thread serves the next piece of work.
        #expect(try await pool.run { "still here" } == "still here")
    }

    /// More than there are cores. Each waits for all others, which none could
    /// if they shared the cooperative threads.
    @Test func asManyRunAtOnceAsThePoolIsWide() async throws {
        let width = ProcessInfo.processInfo.activeProcessorCount + 3
        let pool = BlockingPool(name: "test", width: width)
        let meeting = Meeting(of: width)
        let met = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<width {
                group.addTask {
                    try await pool.run {
                        meeting.attend()
                        return true
                    }
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(met == width)
    }

    /// Where all threads are held, the next piece of work waits for one of them.
    @Test(arguments: [(1, 1), (3, 3), (0, 1), (-5, 1)])
    func noMoreRunAtOnceThanThePoolIsWide(width: Int, bound: Int) async throws {
        let pool = BlockingPool(name: "test", width: width)
        let holders = (0..<bound).map { _ in Holder(pool) }
        for holder in holders { await holder.begun() }
        let released = CancellationFlag()
        let next = Task { try await pool.run { released.isSet } }
        // A pool that had room would have begun it long before these are done.
        let other = BlockingPool(name: "other", width: 1)
        for _ in 0..<50 { try await other.run {} }
        released.set()
        for holder in holders { holder.release() }
        #expect(try await next.value)
    }

    @Test func workCancelledBeforeItsTurnIsNotDone() async throws {
        let pool = BlockingPool(name: "test", width: 1)
        let holder = Holder(pool)
        await holder.begun()
        // The only thread is taken, so this one's turn comes after its cancellation.
        let waiting = Task { try await pool.run { Issue.record("Work was done that nobody wants") } }
        waiting.cancel()
        holder.release()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(try await holder.task.value == "done")
        #expect(try await pool.run { "the next one" } == "the next one")
    }

    @Test func workThatHasBegunIsNotInterrupted() async throws {
        let holder = Holder(BlockingPool(name: "test", width: 1))
        await holder.begun()
        holder.task.cancel()
        holder.release()
        #expect(try await holder.task.value == "done")
    }

    /// Takes a thread of a pool until it is released.
    private struct Holder {
        let task: Task<String, any Error>
        private let beginnings: AsyncStream<Void>
        private let gate = DispatchSemaphore(value: 0)

        init(_ pool: BlockingPool) {
            let (beginnings, beginning) = AsyncStream.makeStream(of: Void.self)
            self.beginnings = beginnings
            task = Task { [gate] in
                try await pool.run {
                    beginning.yield()
                    gate.wait()
                    return "done"
                }
            }
        }

        func begun() async { for await _ in beginnings { return } }
        func release() { gate.signal() }
    }

    /// Nobody leaves before everybody is there.
    private final class Meeting: Sendable {
        private let missing: Mutex<Int>
        private let door = DispatchSemaphore(value: 0)

        init(of count: Int) { missing = Mutex(count) }

        func attend() {
            let isLast = missing.withLock { missing in
                missing -= 1
                return missing == 0
            }
            if isLast { door.signal() }
            door.wait()
            door.signal()
        }
    }
}
