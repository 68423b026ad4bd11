/// A file under `/dev` that stands for a device.
public struct DeviceNode: Sendable, Hashable, Codable {
    /// Its path, such as `/dev/dri/renderD128`.
    public var path: String
    /// Whose it is and what this process may do with it.
    public var status: PathStatus

    /// `nil` where there is no such node.
    init?(_ path: String, in source: some SystemSource) {
        guard let status = source.status(path) else { return nil }
        self.path = path
        self.status = status
    }

    /// Whether this process may use it. Drivers want to read and to write.
    public var isUsable: Bool { status.isReadable && status.isWritable && !status.isRefused }

    /// Whether its owner has no number in this user namespace, as happens in
    /// unprivileged containers.
    public var isUnmapped: Bool {
        status.owner == PathStatus.unmapped && status.group == PathStatus.unmapped
    }
}
