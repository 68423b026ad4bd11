/// Is told when work of a task has a thread and when it waits for one, so that
/// only time which the work itself takes is held against it.
package protocol WorkObserver: Sendable {
    /// The work waits for its turn, or has had it.
    func workWaits()
    /// A thread begins with the work.
    func workBegins()
}

/// Who observes the current task's work on a ``BlockingPool``.
package enum WorkObservation {
    @TaskLocal package static var current: (any WorkObserver)?
}
