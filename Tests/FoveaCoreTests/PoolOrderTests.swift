import FoveaCore
import Foundation
import Synchronization
import Testing

/// Who goes first in a pool, and what a pool lets go of.
@Suite(.timeLimit(.minutes(2))) struct PoolOrderTests {
    @Test func whatSomebodyWaitsForGoesFirst() async throws {
        let pool = BlockingPool(name: "test", width: 1)
        let order = Order()
        let gate = DispatchSemaphore(value: 0)
        let asked: [(String, WorkPriority)] = [
            ("ahead of use", .low), ("picture 1", .normal), ("text 1", .high), ("picture 2", .normal),
            ("text 2", .high),
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run { gate.wait() } }
            while pool.count < 1, !Task.isCancelled { await Task.yield() }
            for (index, (name, priority)) in asked.enumerated() {
                group.addTask {
                    try await WorkPriority.$current.withValue(priority) {
                        try await pool.run { order.append(name) }
                    }
                }
                while pool.count < index + 2, !Task.isCancelled { await Task.yield() }
            }
            gate.signal()
            try await group.waitForAll()
        }
        #expect(order.names == ["text 1", "text 2", "picture 1", "picture 2", "ahead of use"])
    }

    @Test func whatTheWorkHeldIsReleasedBeforeItsResultIsThere() async throws {
        final class Model: Sendable {}
        let pool = BlockingPool(name: "test", width: 2)
        for _ in 0..<500 {
            var model: Model? = Model()
            weak let released = model
            try await pool.run { [model] in _ = model.map(ObjectIdentifier.init) }
            model = nil
            #expect(released == nil)
        }
    }

    /// Threads that block and one that computes must not take those of others,
    /// however few cores there are.
    @Test func busyPoolsLeaveOthersTheirThreads() async throws {
        let gate = DispatchSemaphore(value: 0)
        let isOver = CancellationFlag()
        let width = 2 * ProcessInfo.processInfo.activeProcessorCount
        try await withThrowingTaskGroup(of: Void.self) { group in
            let busy = (0..<4).map { _ in BlockingPool(name: "busy", width: width) }
            for pool in busy {
                for _ in 0..<width { group.addTask { try await pool.run { gate.wait() } } }
            }
            let spinning = BlockingPool(name: "spinning", width: 1)
            group.addTask { try await spinning.run { while !isOver.isSet { sched_yield() } } }
            while busy.contains(where: { $0.count < width }) || spinning.count == 0, !Task.isCancelled {
                await Task.yield()
            }
            let other = BlockingPool(name: "other", width: 1)
            #expect(try await other.run { "done" } == "done")
            isOver.set()
            for _ in 0..<(busy.count * width) { gate.signal() }
            try await group.waitForAll()
        }
    }

    #if os(Linux)
        @Test func threadsEndWithTheirPool() async throws {
            var pool: BlockingPool? = BlockingPool(name: "brief", width: 3)
            try await pool?.run {}
            // A listing may miss a thread while others come and go.
            while !Self.threadNames().contains("fovea.brief"), !Task.isCancelled { await Task.yield() }
            pool = nil
            while Self.threadNames().contains("fovea.brief"), !Task.isCancelled { await Task.yield() }
        }

        /// Names of this process's threads (proc(5), task).
        private static func threadNames() -> [String] {
            let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
            return tasks.compactMap { task in
                (try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8))?
                    .trimmingCharacters(in: .newlines)
            }
        }
    #endif

    @Test func observersKnowWhenWorkHasAThread() async throws {
        final class Observer: WorkObserver {
            let events = Mutex<[String]>([])
            func workWaits() { events.withLock { $0.append("waits") } }
            func workBegins() { events.withLock { $0.append("begins") } }
        }
        let observer = Observer()
        try await WorkObservation.$current.withValue(observer) {
            try await BlockingPool(name: "test", width: 1).run {
                observer.events.withLock { $0.append("works") }
            }
        }
        #expect(observer.events.withLock { $0 } == ["waits", "begins", "works", "waits"])
    }

    private final class Order: Sendable {
        private let list = Mutex<[String]>([])
        var names: [String] { list.withLock { $0 } }
        func append(_ name: String) { list.withLock { $0.append(name) } }
    }
}
