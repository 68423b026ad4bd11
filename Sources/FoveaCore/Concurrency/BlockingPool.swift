/// Threads for work that blocks or computes for long: decoding, resizing,
/// native runs. Keeps such work off Swift's cooperative threads, of which
/// there are only as many as cores, and bounds how much of it runs at once.
///
/// ```swift
/// let pool = BlockingPool(name: "imaging", width: 2)
/// let image = try await pool.run(.decode) { try decoder.decode(bytes) }
/// ```
public final class BlockingPool: Sendable {
    private let threads: WorkerThreads

    /// - Parameters:
    ///   - name: what debuggers call the threads, after `fovea.`; 9 letters.
    ///   - width: how many pieces of work run at the same time, at most. At
    ///     least 1.
    public init(name: String, width: Int) {
        threads = WorkerThreads(name: "fovea.\(name)", width: max(1, width))
    }

    deinit { threads.close() }

    /// Pieces of work that wait or run.
    package var count: Int { threads.count }

    /// Runs `work` on one of the pool's threads and waits without blocking.
    ///
    /// The task's ``WorkPriority`` decides who goes first where work waits for
    /// a thread. What `work` holds is released before this returns.
    ///
    /// - Parameter phase: what the time that the work takes is reported as,
    ///   where the task answers a request; the wait for a thread is reported
    ///   as ``PredictionReport/Phase/queue``. `nil` reports neither.
    /// - Throws: what `work` throws, or `CancellationError` if the task was
    ///   cancelled before the work's turn came; work that has begun is not
    ///   interrupted.
    public func run<Result: Sendable>(
        _ phase: PredictionReport.Phase? = nil, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let cancelled = CancellationFlag()
        let job = Job(phase: phase) {
            if cancelled.isSet { throw CancellationError() }
            return try work()
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                threads.submit({ continuation.resume(with: job.run()) }, priority: .current)
            }
        } onCancel: {
            cancelled.set()
        }
    }
}
