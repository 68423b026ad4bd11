package import FoveaCore
import FoveaMetrics

/// Starts whatever a slot needs: a worker of this machine, or the watch over
/// another service.
package struct SlotLauncher: WorkerLauncher {
    private let workers: (any WorkerLauncher)?
    private let services: ServiceLauncher?

    /// - Parameters:
    ///   - workers: `nil` where no slot has one.
    ///   - services: `nil` where no slot is one.
    package init(workers: (any WorkerLauncher)?, services: ServiceLauncher?) {
        self.workers = workers
        self.services = services
    }

    package func run(
        _ slot: Slot, onStart: @escaping @Sendable (any Worker) async -> Void,
        onEvent: @escaping @Sendable (WorkerEvent) async -> Void
    ) async -> Death {
        let launcher: (any WorkerLauncher)? = slot.isLocal ? workers : services
        guard let launcher else { return Death(.startFailed, "nothing starts slots such as \(slot.device)") }
        return await launcher.run(slot, onStart: onStart, onEvent: onEvent)
    }

    package func shutDown() async {
        await workers?.shutDown()
        await services?.shutDown()
    }
}
