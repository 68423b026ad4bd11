package import FoveaCore
package import FoveaServer
import Foundation

extension SlotRules {
    /// As the settings say for a slot.
    package init(_ settings: Settings, slot: Slot) {
        guard slot.isLocal else {
            // As many as a Fovea's accelerator takes in a run, by default. What is
            // sent further has less of a choice: it waits where it cannot go
            // elsewhere.
            self = .service(capacity: settings.slotCapacity > 0 ? settings.slotCapacity : 16)
            return
        }
        self.init(settings, device: Device(slot.device) ?? .cpu)
    }

    /// As the settings say for a worker on a device.
    package init(_ settings: Settings, device: Device = .cpu) {
        // Enough that some are decoded while others run, and no more: what
        // waits is better kept where it has an order. A device that runs
        // several at once wants as many again at hand.
        let cores = 2 * ProcessorShare.cores
        let usual = device.isProcessor ? cores : max(cores, 2 * settings.sharedBatchSize)
        self.init(
            capacity: settings.slotCapacity > 0 ? settings.slotCapacity : usual,
            patience: settings.workerTimeout, idleTime: settings.modelTimeToLive)
    }
}
