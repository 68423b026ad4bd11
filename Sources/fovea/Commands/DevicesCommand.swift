import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaServer
import FoveaSystem
import Foundation

struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Show the devices that models can run on.",
        discussion: """
            The names are those that fovea.yaml, MACHINE_LEARNING_DEVICE_IDS and --device take. A bare number in \
            MACHINE_LEARNING_DEVICE_IDS counts the usable devices of the first kind; the list says which those are.

            'fovea doctor' says why a device is missing or cannot be used.
            """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: CacheOptions

    func run() async throws {
        let settings = try options.settings()
        let machine = Machine()
        // Intel's drivers tell how long a GPU slept, so it takes two looks.
        let before = IntelActivity(machine.snapshot)
        let begun = ContinuousClock.now
        if machine.devices.contains(where: { $0.device.kind == .openvino && !$0.device.isProcessor }) {
            try await Task.sleep(for: .milliseconds(200))
        }
        let elapsed = begun.duration(to: .now) / .milliseconds(1)
        let after = IntelActivity(machine.snapshot)
        let rows = DeviceRow.all(machine, settings) { address in
            after.busyPercent(of: address, since: before, milliseconds: elapsed)
        }
        if json {
            StandardOutput.write(try JSONText.of(rows))
            return
        }
        var table = TextTable("DEVICE", "ID", "MEMORY", "BUSY", "USABLE", "NAME")
        for row in rows {
            table.add(
                row.device, row.id ?? "", row.memoryBytes.map(Self.gigabytes) ?? "",
                row.busyPercent.map { "\($0) %" } ?? "", row.isUsable ? "yes" : "no", row.name)
        }
        StandardOutput.write(table.text)
    }

    private static func gigabytes(_ bytes: UInt64) -> String {
        String(format: "%.1f GiB", Double(bytes) / Double(1 << 30))
    }
}

/// What is shown of a device.
private struct DeviceRow: Encodable {
    var device: String
    /// What `MACHINE_LEARNING_DEVICE_IDS` calls it, where a number does.
    var id: String?
    var name: String
    var memoryBytes: UInt64?
    var usedBytes: UInt64?
    var busyPercent: Int?
    var isUsable: Bool

    /// - Parameter intelBusy: how busy Intel's GPU at an address is, in percent.
    static func all(
        _ machine: Machine, _ settings: Settings, intelBusy: (_ address: String) -> Int?
    ) -> [DeviceRow] {
        let usable = machine.usable(settings)
        // Asked only where it can answer: opening it wakes cards.
        let nvidia =
            machine.devices.contains { $0.device.kind == .cuda } ? NVIDIAManagement()?.gpus ?? [] : []
        let numbered = usable.filter { $0.kind == usable.first?.kind && $0 != .cpu }
        let report = machine.doctor()
        return machine.devices.map { item in
            let live =
                item.device.kind.isNVIDIA && nvidia.indices.contains(item.device.index)
                ? nvidia[item.device.index] : nil
            return DeviceRow(
                device: item.device.description,
                id: numbered.firstIndex(of: item.device).map(String.init), name: item.name,
                memoryBytes: live?.memoryBytes ?? item.memoryBytes, usedBytes: live?.usedBytes,
                busyPercent: live?.busyPercent ?? item.busyPercent ?? item.address.flatMap(intelBusy),
                isUsable: report.isUsable(item.device))
        }
    }
}

extension DeviceKind {
    fileprivate var isNVIDIA: Bool { [.cuda, .tensorrt, .tensorRTRTX].contains(self) }
}
