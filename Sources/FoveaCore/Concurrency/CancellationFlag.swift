import Synchronization

/// A flag that is raised once and read from anywhere.
package final class CancellationFlag: Sendable {
    private let raised = Atomic<Bool>(false)

    package init() {}

    package var isSet: Bool { raised.load(ordering: .relaxed) }

    package func set() { raised.store(true, ordering: .relaxed) }
}
