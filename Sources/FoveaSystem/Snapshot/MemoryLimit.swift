import FoveaCore

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
        let membership = source.text("/proc/self/cgroup") ?? ""
        let group = ControlGroup.folders(of: "memory", membership: membership).compactMap { folder in
            let name = folder.version == 1 ? "memory.limit_in_bytes" : "memory.max"
            // "max" is none; version 1 writes a number beyond any memory.
            return source.text("\(folder.path)/\(name)").flatMap { UInt64($0.trimmingSpaces) }
        }.min()
        switch (main, group) {
        case (let main?, let group?) where group < main: self.init(bytes: group, isOfControlGroup: true)
        case (let main?, _): self.init(bytes: main, isOfControlGroup: false)
        case (nil, let group?): self.init(bytes: group, isOfControlGroup: true)
        case (nil, nil): return nil
        }
    }
}
