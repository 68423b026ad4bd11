public import FoveaCore
public import Foundation

/// What the doctor found: a section for each accelerator, to be shown as one
/// page of text or as JSON.
public struct DoctorReport: Sendable, Hashable, Codable {
    /// The system, as lines of a name and a value.
    public var system: [DoctorSection.Fact]
    /// One for each accelerator, in ``Accelerator``'s order.
    public var sections: [DoctorSection]
    /// The devices that can be reached, preferred ones first.
    public var devices: [DiscoveredDevice]
    /// The devices that nothing is in the way of; those that ``isUsable(_:)``
    /// says yes to.
    public var usable: [Device]
    /// The devices that were asked for.
    public var wanted: [Device]
    /// Which model will run where, as the service would place them.
    public var placements: [EnvironmentFacts.ModelPlacement]

    /// The section about an accelerator.
    public subscript(accelerator: Accelerator) -> DoctorSection {
        sections.first { $0.accelerator == accelerator } ?? DoctorSection(accelerator)
    }

    /// Whether nothing that files tell of is in the way of a device.
    ///
    /// This is what the exit code of `fovea doctor --device …` is made of. An
    /// engine may still refuse to start: files cannot tell everything.
    public func isUsable(_ device: Device) -> Bool {
        usable.contains(device)
    }

    /// Whether all devices that were asked for are usable; with none asked
    /// for, whether anything but cores is, where there is anything else.
    public var isGood: Bool {
        guard wanted.isEmpty else { return wanted.allSatisfy(isUsable) }
        let accelerators = sections.filter { $0.accelerator != .cpu && $0.state != .absent }
        return accelerators.isEmpty || accelerators.contains { $0.devices.contains(where: isUsable) }
    }

    /// The report as JSON, keys in order.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
