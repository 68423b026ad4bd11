import Foundation
import Synchronization

/// Threads of their own for work that blocks: begun when they are needed, kept
/// until they are closed.
///
/// Not the system's shared pool (Dispatch): on Linux that one has four threads
/// on two cores as long as any of them computes, for all queues together. A
/// few runs and loads would keep everything else waiting, and work that waits
/// for other work might do so for ever.
final class WorkerThreads: Sendable {
    typealias Work = @Sendable () -> Void

    private struct State {
        var waiting: [WorkPriority: [Work]] = [:]
        var waitingCount = 0
        var running = 0
        var threads = 0

        /// The work whose turn it is.
        mutating func next() -> Work? {
            for priority in WorkPriority.allCases where waiting[priority]?.isEmpty == false {
                waitingCount -= 1
                running += 1
                return waiting[priority]?.removeFirst()
            }
            return nil
        }
    }

    private let name: String
    private let width: Int
    private let state = Mutex(State())
    /// Counts work that waits, and threads that are to end.
    private let arrivals = DispatchSemaphore(value: 0)

    /// - Parameter width: threads, at most. At least 1.
    init(name: String, width: Int) {
        self.name = name
        self.width = width
    }

    /// Pieces of work that wait or run.
    var count: Int { state.withLock { $0.waitingCount + $0.running } }

    /// Has the work done by a thread, once.
    func submit(_ work: @escaping Work, priority: WorkPriority) {
        let needsThread = state.withLock { state in
            state.waiting[priority, default: []].append(work)
            state.waitingCount += 1
            guard state.waitingCount > state.threads - state.running, state.threads < width else {
                return false
            }
            state.threads += 1
            return true
        }
        if needsThread { start() }
        arrivals.signal()
    }

    /// Ends the threads once all work is done. Nothing may be submitted
    /// afterwards.
    func close() {
        let threads = state.withLock { $0.threads }
        for _ in 0..<threads { arrivals.signal() }
    }

    private func start() {
        let thread = Thread { [self] in
            ThreadName.setCurrent(name)
            while true {
                arrivals.wait()
                guard let work = state.withLock({ $0.next() }) else { return }
                work()
                state.withLock { $0.running -= 1 }
            }
        }
        thread.start()
    }
}
