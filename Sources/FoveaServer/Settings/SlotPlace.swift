public import FoveaCore

/// Where a slot's requests run: on a device of this machine, by a worker, or
/// by another service.
public enum SlotPlace: Sendable, Hashable {
    case device(Device)
    case service(ServiceAddress)

    /// The device; `nil` where it is another service.
    public var device: Device? { if case .device(let device) = self { device } else { nil } }
}

extension SlotPlace: CustomStringConvertible {
    /// As it is shown: an address without its path.
    public var description: String {
        switch self {
        case .device(let device): device.description
        case .service(let address): address.description
        }
    }
}
