import Foundation

/// Threads for work that blocks or computes for long: decoding, resizing,
/// native runs. Keeps such work off Swift's cooperative threads, of which
/// there are only as many as cores, and bounds how much of it runs at once.
///
/// ```swift
/// let pool = BlockingPool(name: "imaging", width: 2)
/// let image = try await pool.run { try decoder.decode(bytes) }
/// ```
public final class BlockingPool: Sendable {
    private let queue: OperationQueue

    /// - Parameter width: how many pieces of work run at the same time, at
    ///   most. At least 1.
    public init(name: String, width: Int) {
        queue = OperationQueue()
        queue.name = "fovea.\(name)"
        queue.maxConcurrentOperationCount = max(1, width)
        queue.qualityOfService = .userInitiated
    }

    /// Runs `work` on one of the pool's threads and waits without blocking.
    ///
    /// - Throws: what `work` throws, or `CancellationError` if the task was
    ///   cancelled before the work's turn came; work that has begun is not
    ///   interrupted.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result
    {
        let cancelled = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.addOperation {
                    continuation.resume(
                        with: Swift.Result {
                            if cancelled.isSet { throw CancellationError() }
                            return try work()
                        })
                }
            }
        } onCancel: {
            cancelled.set()
        }
    }
}
