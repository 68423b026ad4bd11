package import FoveaServer

/// A place for a worker, with a device that is its own for good.
package struct Slot: Sendable, Hashable {
    package let index: Int
    /// What the device is called: `cpu`, `cuda:0`.
    package let device: String
    /// The id that `MACHINE_LEARNING_DEVICE_ID` gives the worker.
    package let deviceID: String

    package init(index: Int, device: String, deviceID: String) {
        self.index = index
        self.device = device
        self.deviceID = deviceID
    }

    /// The slots that the settings ask for: one a worker, devices in turn.
    package static func all(_ settings: Settings) -> [Slot] {
        let ids = settings.deviceIDs.isEmpty ? [settings.deviceID] : settings.deviceIDs
        return (0..<settings.workers).map { index in
            // Accelerators are not there yet: whatever the id, it is the CPU.
            let device = settings.devices.isEmpty ? "cpu" : settings.devices[index % settings.devices.count]
            return Slot(index: index, device: device, deviceID: ids[index % ids.count])
        }
    }
}
