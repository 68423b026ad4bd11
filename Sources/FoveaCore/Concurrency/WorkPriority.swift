/// Who goes first where work waits for a ``BlockingPool``'s threads.
package enum WorkPriority: Sendable, CaseIterable {
    /// Somebody sits and waits, such as for an answer to what they typed.
    case high
    case normal
    /// Nobody waits for it yet, such as loading a model ahead of its use.
    case low

    /// The priority of what the current task asks for.
    @TaskLocal package static var current = WorkPriority.normal
}
