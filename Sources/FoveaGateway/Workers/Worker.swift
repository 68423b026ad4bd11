package import FoveaCore
package import FoveaServer

/// A worker that was started: what the gateway can do with it.
package protocol Worker: Sendable {
    /// Its process; `nil` where it is part of this one.
    var processID: Int32? { get }

    /// Has the worker answer a call.
    ///
    /// - Throws: ``HTTPProblem`` where the worker answered with an error,
    ///   ``WorkerLost`` where it did not answer, `CancellationError`.
    func predict(_ call: PredictionCall) async throws -> PredictionReply

    /// Lets the worker end; it has nothing to do any more.
    func stop()

    /// Ends the worker at once, whatever it does.
    func kill()
}

/// The worker broke off, or its connection did, before an answer was there.
package struct WorkerLost: Error {
    package var cause: any Error

    package init(cause: any Error) { self.cause = cause }
}

/// Starts workers.
package protocol WorkerLauncher: Sendable {
    /// Starts a slot's worker and stays until it has ended.
    ///
    /// - Parameters:
    ///   - onStart: is given the worker as soon as it is there, which is
    ///     before it is ready.
    ///   - onEvent: is told what the worker says, in its order.
    /// - Returns: how the worker ended.
    func run(
        _ slot: Slot, onStart: @escaping @Sendable (any Worker) async -> Void,
        onEvent: @escaping @Sendable (WorkerEvent) async -> Void
    ) async -> Death

    /// Gives back what all workers share; they have all ended.
    func shutDown() async
}

extension WorkerLauncher {
    package func shutDown() async {}
}
