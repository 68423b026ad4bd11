package import FoveaCore
package import FoveaServer

/// A place for a worker, with a device that is its own for good, or another
/// service.
package struct Slot: Sendable, Hashable {
    package let index: Int
    /// What the device is called: `cpu`, `cuda:0`; of a service, its address as
    /// it is shown: `http://big:3003`.
    package let device: String
    /// The id that `MACHINE_LEARNING_DEVICE_ID` gives the worker.
    package let deviceID: String
    /// The service that is asked; `nil` where the slot has a worker.
    package let service: ServiceAddress?

    package init(index: Int, device: String, deviceID: String) {
        self.index = index
        self.device = device
        self.deviceID = deviceID
        service = nil
    }

    package init(index: Int, service: ServiceAddress) {
        self.index = index
        self.service = service
        device = service.description
        deviceID = ""
    }

    /// Whether it has a worker on this machine.
    package var isLocal: Bool { service == nil }

    /// Whether requests for this place are requests for the slot.
    package func isAt(_ place: SlotPlace) -> Bool {
        switch place {
        case .device(let device): isLocal && Device(self.device) == device
        case .service(let address): service == address
        }
    }

    /// The slots that the settings ask for: one a worker, devices and services
    /// in turn.
    ///
    /// - Parameter usable: the devices that this machine has, preferred ones
    ///   first, the processor last.
    /// - Throws: ``FoveaError/Code/invalidSetting`` where `MACHINE_LEARNING_DEVICE_IDS`
    ///   names a device that is not there, or a rule a service that is no slot.
    package static func all(_ settings: Settings, usable: [Device] = [.cpu]) throws -> [Slot] {
        let ids = settings.deviceIDs.isEmpty ? [settings.deviceID] : settings.deviceIDs
        let places = settings.places.isEmpty ? try ids.map { try place($0, among: usable) } : settings.places
        // Beside services every place is meant, however few workers were asked for.
        let hasServices = places.contains { $0.device == nil }
        let count = hasServices ? max(settings.workers, places.count) : settings.workers
        var slots: [Slot] = []
        for number in 0..<count {
            let id = ids[number % ids.count]
            switch places[number % places.count] {
            case .device(let device):
                let deviceID = ServiceAddress.isMeant(by: id) ? "0" : id
                slots.append(Slot(index: slots.count, device: device.description, deviceID: deviceID))
            case .service(let address):
                // More workers are no more services.
                guard !slots.contains(where: { $0.service == address }) else { continue }
                slots.append(Slot(index: slots.count, service: address))
            }
        }
        try check(settings.modelRules, fit: slots)
        return slots
    }

    /// A service that only a rule names would never be asked.
    private static func check(_ rules: [ModelRule], fit slots: [Slot]) throws {
        for place in rules.flatMap({ $0.places + $0.replicas }) where place.device == nil {
            guard slots.contains(where: { $0.isAt(place) }) else {
                throw FoveaError(
                    .invalidSetting,
                    """
                    fovea.yaml has models run by \(place), which is no slot of this service: name it under \
                    'devices' too, with the same path.
                    """)
            }
        }
    }

    private static func place(_ id: String, among usable: [Device]) throws -> SlotPlace {
        guard ServiceAddress.isMeant(by: id) else { return .device(try device(id, among: usable)) }
        do throws(ServiceAddress.Mistake) {
            return .service(try ServiceAddress(id))
        } catch {
            throw FoveaError(.invalidSetting, "MACHINE_LEARNING_DEVICE_IDS: \(error.text).")
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
