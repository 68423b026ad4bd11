import Synchronization

/// A piece of work for a pool's thread, and who wants to know about it.
///
/// Made where the work is asked for, whose task-local values it takes along.
final class Job<Value: Sendable>: Sendable {
    private let work: Mutex<(@Sendable () throws -> Value)?>
    private let phase: PredictionReport.Phase?
    private let trace = PredictionTrace.current
    private let observer = WorkObservation.current
    private let asked = SuspendingClock.now

    init(phase: PredictionReport.Phase?, work: @escaping @Sendable () throws -> Value) {
        self.phase = phase
        self.work = Mutex(work)
        observer?.workWaits()
    }

    /// Does the work, once, and lets go of it: whoever gets the result may
    /// count on it that nothing the work used is still held here.
    func run() -> Result<Value, any Error> {
        let begun = SuspendingClock.now
        report(begun - asked, as: .queue)
        observer?.workBegins()
        let result = perform()
        observer?.workWaits()
        report(SuspendingClock.now - begun, as: phase)
        return result
    }

    private func perform() -> Result<Value, any Error> {
        guard let work = work.withLock({ $0.take() }) else { return .failure(CancellationError()) }
        return Result { try work() }
    }

    private func report(_ duration: Duration, as reported: PredictionReport.Phase?) {
        guard phase != nil, let reported else { return }
        trace?.add(duration, to: reported)
    }
}
