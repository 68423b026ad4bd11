/// The memory that this process and its children may take: the machine's, or
/// what its control group leaves of it (cgroups(7)), as a container's does.
public struct MemoryLimit: Sendable, Hashable, Codable {
    public var bytes: UInt64
    /// Whether a control group sets it, rather than the machine's size.
    public var isOfControlGroup: Bool

    public init(bytes: UInt64, isOfControlGroup: Bool) {
        self.bytes = bytes
        self.isOfControlGroup = isOfControlGroup
    }

    /// - Returns: `nil` where nothing tells.
    public init?(reading source: some SystemSource) {
        let main = CPUFacts(reading: source).memoryBytes
        let group = Self.controlGroupFiles(source).compactMap { file in
            // "max" is none; version 1 writes a number beyond any memory.
            source.text(file).flatMap { UInt64($0.trimmingSpaces) }
        }.min()
        switch (main, group) {
        case (let main?, let group?) where group < main: self.init(bytes: group, isOfControlGroup: true)
        case (let main?, _): self.init(bytes: main, isOfControlGroup: false)
        case (nil, let group?): self.init(bytes: group, isOfControlGroup: true)
        case (nil, nil): return nil
        }
    }

    /// The files that may set a limit: of the process's own group, and of each
    /// above it, because the tightest counts.
    private static func controlGroupFiles(_ source: some SystemSource) -> [String] {
        (source.text("/proc/self/cgroup") ?? "").split(separator: "\n").flatMap { line -> [String] in
            // hierarchy:controllers:path
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return [] }
            let (root, name): (String, String)
            switch fields[1] {
            case "": (root, name) = ("/sys/fs/cgroup", "memory.max")
            case let list where list.split(separator: ",").contains("memory"):
                (root, name) = ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            default: return []
            }
            let parts = fields[2].split(separator: "/")
            return (0...parts.count).map { count in
                ([root] + parts.prefix(count).map(String.init) + [name]).joined(separator: "/")
            }
        }
    }
}
