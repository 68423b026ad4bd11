public import FoveaCore

/// What the doctor looks at: a maker's hardware together with what drives it.
public enum Accelerator: String, Sendable, Hashable, Codable, CaseIterable {
    case nvidia, amd, intel, mali, rockchip, vulkan, cpu

    /// What people call it.
    public var title: String {
        switch self {
        case .nvidia: "NVIDIA"
        case .amd: "AMD"
        case .intel: "Intel"
        case .mali: "Arm Mali"
        case .rockchip: "Rockchip NPU"
        case .vulkan: "Vulkan"
        case .cpu: "CPU"
        }
    }
}

/// What the doctor found about one accelerator.
public struct DoctorSection: Sendable, Hashable, Codable {
    /// How things are.
    public enum State: String, Sendable, Hashable, Codable {
        /// Hardware, driver, nodes, libraries and runtime are there.
        case usable
        /// There is hardware, and something is in the way.
        case needsAttention
        /// There is no such hardware, or none that has to be driven this way.
        case absent
    }

    /// What this is about.
    public var accelerator: Accelerator
    /// How things are: nothing but the sum of the rest.
    public var state: State
    /// What was seen, a line for each device.
    public var hardware: [String]
    /// What was found out, as lines of a name and a value.
    public var facts: [Fact]
    /// What is in the way, what matters most first.
    public var problems: [DoctorProblem]
    /// The devices this is about, by the names that `DEVICE_IDS` takes,
    /// whether or not they are usable.
    public var devices: [Device]

    /// A name and what there is to say about it.
    public struct Fact: Sendable, Hashable, Codable {
        /// Such as `driver`.
        public var name: String
        /// What there is to say.
        public var value: String
    }

    /// Whether nothing is in the way of a device.
    public func isUsable(_ device: Device) -> Bool {
        state != .absent && devices.contains(device)
            && !problems.contains { $0.isBlocking && ($0.devices.isEmpty || $0.devices.contains(device)) }
    }
}

extension DoctorSection {
    /// A section to be filled in.
    init(_ accelerator: Accelerator) {
        self.init(
            accelerator: accelerator, state: .absent, hardware: [], facts: [], problems: [], devices: [])
    }

    /// Adds a line.
    mutating func note(_ name: String, _ value: String) {
        facts.append(Fact(name: name, value: value))
    }

    /// Adds a problem. The same one with another device is one problem with two.
    mutating func add(_ problem: DoctorProblem) {
        let same = problems.firstIndex { $0.id == problem.id && $0.nextStep == problem.nextStep }
        guard let same else { return problems.append(problem) }
        if problems[same].devices.isEmpty || problem.devices.isEmpty {
            problems[same].devices = []
        } else {
            problems[same].devices += problem.devices.filter { !problems[same].devices.contains($0) }
        }
    }

    /// What the rest comes to, for hardware that is there.
    mutating func conclude() {
        guard !hardware.isEmpty else { return state = .absent }
        state = problems.contains(where: \.isBlocking) ? .needsAttention : .usable
    }
}

/// Something in the way, and the one thing to do next.
public struct DoctorProblem: Sendable, Hashable, Codable {
    /// What kind of problem it is, for programs: `intel.render-group`.
    public var id: String
    /// What is wrong, as sentences.
    public var message: String
    /// The one thing to do next, as a sentence.
    public var nextStep: String
    /// Whether nothing runs until it is solved.
    public var isBlocking: Bool
    /// The devices it concerns; all of the section's where empty.
    public var devices: [Device]

    init(
        _ id: String, _ message: String, nextStep: String, isBlocking: Bool = true, devices: [Device] = []
    ) {
        self.id = id
        self.message = message
        self.nextStep = nextStep
        self.isBlocking = isBlocking
        self.devices = devices
    }
}
