/// The kernel, the distribution, and what contains this process.
public struct HostFacts: Sendable, Hashable, Codable {
    /// The kernel's release, such as `6.8.0-51-generic`.
    public var kernel: String
    /// What the distribution calls itself, such as "Debian GNU/Linux 12 (bookworm)".
    public var distribution: String
    /// What contains this process.
    public var container: ContainerKind
    /// Whether its user namespace maps only some ids, as that of an
    /// unprivileged container does.
    public var isUnprivileged: Bool
    /// Whether the kernel is that of WSL 2.
    public var isWSL: Bool
    /// The names of groups by their numbers, those that own device nodes only.
    public var groupNames: [UInt32: String]

    init(reading source: some SystemSource) {
        kernel = (source.text("/proc/sys/kernel/osrelease") ?? "").trimmingSpaces
        distribution = Self.distribution(source)
        container = ContainerKind(reading: source)
        isUnprivileged = Self.isUnprivileged(source)
        isWSL = kernel.lowercased().contains("microsoft")
        groupNames = Self.groupNames(source)
    }

    /// The kernel's version as two numbers, to compare with what a driver needs.
    public var kernelVersion: KernelVersion? { KernelVersion(kernel) }

    /// The number of a group on this side of the container's wall.
    public func group(named name: String) -> UInt32? {
        groupNames.first { $0.value == name }?.key
    }

    private static func distribution(_ source: some SystemSource) -> String {
        let lines = (source.text("/etc/os-release") ?? source.text("/usr/lib/os-release") ?? "")
            .split(separator: "\n")
        let name = lines.compactMap { KeyedLine($0, separator: "=") }.first { $0.key == "PRETTY_NAME" }
        return name.map { String($0.value.filter { $0 != "\"" }) } ?? "unknown distribution"
    }

    /// The first user namespace maps all ids onto themselves:
    /// `0 0 4294967295` (user_namespaces(7)).
    private static func isUnprivileged(_ source: some SystemSource) -> Bool {
        guard let map = source.text("/proc/self/uid_map") else { return false }
        let fields = map.split { $0.isWhitespace }.map(String.init)
        return !fields.isEmpty && Array(fields.prefix(3)) != ["0", "0", "4294967295"]
    }

    /// Those that distributions give device nodes to.
    private static func groupNames(_ source: some SystemSource) -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        for line in (source.text("/etc/group") ?? "").split(separator: "\n") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count > 2, ["render", "video"].contains(fields[0]), let id = UInt32(fields[2]) else {
                continue
            }
            names[id] = String(fields[0])
        }
        return names
    }
}

/// The version of a kernel: its first two numbers.
public struct KernelVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 6 in 6.8.
    public var major: Int
    /// 8 in 6.8.
    public var minor: Int

    /// `KernelVersion(6, 8)` is 6.8.
    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// Reads `6.8` out of `6.8.0-51-generic`.
    public init?(_ release: String) {
        let numbers = release.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).prefix(2).compactMap {
            Int($0)
        }
        guard numbers.count == 2 else { return nil }
        self.init(numbers[0], numbers[1])
    }

    public static func < (one: Self, other: Self) -> Bool {
        (one.major, one.minor) < (other.major, other.minor)
    }

    public var description: String { "\(major).\(minor)" }
}
