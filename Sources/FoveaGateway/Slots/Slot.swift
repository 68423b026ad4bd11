package import FoveaCore
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
    ///
    /// - Parameter usable: the devices that this machine has, preferred ones
    ///   first, the processor last.
    /// - Throws: ``FoveaError/Code/invalidSetting`` where `MACHINE_LEARNING_DEVICE_IDS`
    ///   names a device that is not there.
    package static func all(_ settings: Settings, usable: [Device] = [.cpu]) throws -> [Slot] {
        let ids = settings.deviceIDs.isEmpty ? [settings.deviceID] : settings.deviceIDs
        return try (0..<settings.workers).map { index in
            let id = ids[index % ids.count]
            let device =
                settings.devices.isEmpty
                ? try Self.device(id, among: usable) : settings.devices[index % settings.devices.count]
            return Slot(index: index, device: device.description, deviceID: id)
        }
    }

    /// The device that an id stands for: a device's full name, OpenVINO's own
    /// name for one, or the number of a device of the preferred kind.
    private static func device(_ id: String, among usable: [Device]) throws -> Device {
        let preferred = usable.first ?? .cpu
        if let device = Device(id) { return device }
        guard let number = Int(id) else {
            guard let device = Device("openvino:\(id)") else { throw unknown(id, usable) }
            return device
        }
        // Immich's image for the CPU takes any number, and makes nothing of it.
        guard preferred != .cpu else { return .cpu }
        let kin = usable.filter { $0.kind == preferred.kind }
        guard kin.indices.contains(number) else { throw unknown(id, usable) }
        return kin[number]
    }

    private static func unknown(_ id: String, _ usable: [Device]) -> FoveaError {
        FoveaError(
            .invalidSetting,
            """
            MACHINE_LEARNING_DEVICE_IDS names '\(id)', which is no device of this machine: it has \
            \(usable.map(\.description).joined(separator: ", ")). 'fovea devices' shows them, 'fovea doctor' why \
            one is missing.
            """)
    }
}
