package import FoveaServer
import Foundation

extension SlotRules {
    /// As the settings say.
    package init(_ settings: Settings) {
        // Enough that some are decoded while others run, and no more: what
        // waits is better kept where it has an order.
        let capacity =
            settings.slotCapacity > 0
            ? settings.slotCapacity : 2 * ProcessInfo.processInfo.activeProcessorCount
        self.init(
            capacity: capacity, patience: settings.workerTimeout, idleTime: settings.modelTimeToLive)
    }
}
