public import FoveaBackends
import FoveaCore

/// Says what is in the way of each accelerator, and the one next step for each
/// problem.
///
/// Pure rules over a snapshot: nothing is read, opened or started. A cause hides
/// its consequences, so that nobody installs libraries for a card that the
/// container cannot see.
///
/// ```swift
/// let report = Doctor.examine(SystemSnapshot(reading: LocalSystem()), installed: [.onnxruntime, .openvino])
/// print(report.text(colour: true))
/// exit(report.isUsable(Device(.openvino)) ? 0 : 1)
/// ```
public struct Doctor {
    let snapshot: SystemSnapshot
    let installed: Set<RuntimePackage>
    let facts: EnvironmentFacts

    /// - Parameters:
    ///   - snapshot: the system.
    ///   - installed: the runtimes that are in the library folder.
    ///   - facts: what the caller knows beyond files.
    public static func examine(
        _ snapshot: SystemSnapshot, installed: Set<RuntimePackage>, facts: EnvironmentFacts = .init()
    ) -> DoctorReport {
        let doctor = Doctor(snapshot: snapshot, installed: installed, facts: facts)
        var sections = [
            doctor.nvidia(), doctor.amd(), doctor.intel(), doctor.mali(), doctor.rockchip(), doctor.cpu(),
        ]
        let isHopeless = sections.contains { $0.problems.contains { hopeless.contains($0.id) } }
        let hasOther = sections.contains { $0.accelerator != .cpu && $0.state != .absent }
        sections.insert(doctor.vulkan(isNeeded: isHopeless || !hasOther), at: sections.count - 1)
        return DoctorReport(
            system: doctor.system(), sections: sections,
            devices: DiscoveredDevice.all(in: snapshot, installed: installed),
            usable: sections.flatMap { section in section.devices.filter(section.isUsable) },
            wanted: facts.wanted,
            placements: facts.placements)
    }

    /// Problems that no step here solves: Vulkan may be the way around them.
    private static let hopeless: Set<String> = ["amd.compute", "amd.target", "mali.mainline", "nvidia.card"]

    /// Says what contains this process: that is half of most problems.
    private func system() -> [DoctorSection.Fact] {
        let host = snapshot.host
        var kind =
            host.container == .none ? "on the host itself" : "in a container (\(host.container.rawValue))"
        if host.isUnprivileged { kind = "in an unprivileged container (\(host.container.rawValue))" }
        if host.isWSL { kind += ", under WSL 2" }
        let groups = snapshot.identity.groups.map { host.groupNames[$0] ?? "\($0)" }.joined(separator: ", ")
        return [
            DoctorSection.Fact(name: "system", value: "\(host.distribution), kernel \(host.kernel), \(kind)"),
            DoctorSection.Fact(name: "user", value: "\(snapshot.identity.user), groups \(groups)"),
        ]
    }

    /// How to get a runtime.
    func install(_ package: RuntimePackage) -> String { "Run `fovea backends install \(package.rawValue)`." }

    /// How to get what a distribution has.
    func installDebian(_ packages: String...) -> String {
        let names = packages.joined(separator: " ")
        return snapshot.host.container == .none
            ? "Install it: `sudo apt install \(names)` on Debian or Ubuntu."
            : "Use an image that has it: `apt install \(names)` on Debian or Ubuntu."
    }
}
