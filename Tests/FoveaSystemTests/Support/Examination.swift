import FoveaBackends
import FoveaCore
import FoveaSystem
import Testing

/// A recorded system, and what the doctor says of it.
struct Examination {
    var snapshot: SystemSnapshot

    init(_ name: String) throws {
        snapshot = SystemSnapshot(reading: try FixtureSystem(name))
    }

    func report(_ installed: Set<RuntimePackage> = [], facts: EnvironmentFacts = .init()) -> DoctorReport {
        Doctor.examine(snapshot, installed: installed, facts: facts)
    }

    /// The states of all accelerators but the ones that are absent.
    func states(_ installed: Set<RuntimePackage> = []) -> [Accelerator: DoctorSection.State] {
        report(installed).sections.reduce(into: [:]) { states, section in
            if section.state != .absent { states[section.accelerator] = section.state }
        }
    }
}

extension DoctorSection {
    /// The ids of its problems, in order.
    var ids: [String] { problems.map(\.id) }

    func problem(_ id: String) -> DoctorProblem? { problems.first { $0.id == id } }

    func fact(_ name: String) -> String? { facts.first { $0.name == name }?.value }
}

extension DoctorReport {
    /// Whether the device of a name that is known to be right is usable.
    func isUsable(_ name: String) -> Bool {
        guard let device = Device(name) else {
            Issue.record("\(name) names no device")
            return false
        }
        return isUsable(device)
    }
}

/// The device of a name that is known to be right.
func device(_ name: String) throws -> Device { try #require(Device(name)) }
