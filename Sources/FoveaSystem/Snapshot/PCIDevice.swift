/// A display controller or accelerator on the PCI bus, as `/sys/bus/pci/devices`
/// has it. Containers see those of their host.
public struct PCIDevice: Sendable, Hashable, Codable {
    /// Domain, bus, device and function: `0000:01:00.0`.
    public var address: String
    /// The maker's id, such as 0x10de.
    public var vendor: UInt16
    /// The maker's id for the chip and its variant, such as 0x13c0.
    public var device: UInt16
    /// Base class, subclass and interface: 0x030000 for a VGA controller.
    public var classCode: UInt32
    /// The kernel driver that drives it; `nil` where none does.
    public var driver: String?

    /// Whether it sits on the first bus, where a processor's own graphics do:
    /// Intel's are always at `00:02.0`.
    public var isOnRootBus: Bool { address.dropFirst(5).hasPrefix("00:") }

    /// The ids as `lspci -nn` writes them: `10de:13c0`.
    public var ids: String { Hex.text(vendor) + ":" + Hex.text(device) }

    /// Display controllers (base class 03) and processing accelerators (12),
    /// by the PCI-SIG's "PCI Code and ID Assignment Specification".
    private static let baseClasses: Set<UInt32> = [0x03, 0x12]

    static func all(in source: some SystemSource) -> [PCIDevice] {
        let folder = "/sys/bus/pci/devices"
        return source.names(in: folder).sorted().compactMap { address in
            let path = "\(folder)/\(address)"
            guard let classCode = source.text("\(path)/class").flatMap({ Hex.number($0) }),
                baseClasses.contains(classCode >> 16),
                let vendor = source.text("\(path)/vendor").flatMap({ Hex.number($0) }),
                let device = source.text("\(path)/device").flatMap({ Hex.number($0) })
            else { return nil }
            return PCIDevice(
                address: address, vendor: UInt16(truncatingIfNeeded: vendor),
                device: UInt16(truncatingIfNeeded: device), classCode: classCode,
                driver: source.driver(of: path))
        }
    }
}

/// The makers of the GPUs that are driven here, by their PCI ids.
public enum PCIVendor: UInt16, Sendable, Hashable, Codable {
    case amd = 0x1002
    case nvidia = 0x10de
    case intel = 0x8086
}

/// The numbers of sysfs: `0x10de`.
enum Hex {
    static func number(_ text: String) -> UInt32? {
        let digits = text.trimmingSpaces
        return UInt32(digits.hasPrefix("0x") ? String(digits.dropFirst(2)) : digits, radix: 16)
    }

    /// Four digits, as `lspci` writes them.
    static func text(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

extension SystemSource {
    /// The driver that is bound to a device of sysfs.
    func driver(of device: String) -> String? {
        resolve("\(device)/driver").flatMap { $0.split(separator: "/").last }.map(String.init)
    }
}
