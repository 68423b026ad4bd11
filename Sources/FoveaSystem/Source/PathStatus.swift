/// What a path is, whose, and what this process may do with it.
public struct PathStatus: Sendable, Hashable, Codable {
    /// The kinds of things that matter here.
    public enum Kind: String, Sendable, Hashable, Codable {
        case file, folder, device, other
    }

    /// What it is.
    public var kind: Kind
    /// The owner's user id. 65534, nobody, is what a user namespace shows for
    /// an owner that it has no number for.
    public var owner: UInt32
    /// The owning group's id.
    public var group: UInt32
    /// The permission bits, such as 0o660.
    public var mode: UInt16
    /// Whether this process may read it.
    public var isReadable: Bool
    /// Whether this process may write it.
    public var isWritable: Bool
    /// Whether the permission bits allow access and the kernel refuses it all
    /// the same. That is what a container's device rules do to a node that was
    /// mounted as a file instead of being passed as a device.
    public var isRefused: Bool

    /// With nothing else said, a file of root's that may be read.
    public init(
        kind: Kind, owner: UInt32 = 0, group: UInt32 = 0, mode: UInt16 = 0o644, isReadable: Bool = true,
        isWritable: Bool = false, isRefused: Bool = false
    ) {
        self.kind = kind
        self.owner = owner
        self.group = group
        self.mode = mode
        self.isReadable = isReadable
        self.isWritable = isWritable
        self.isRefused = isRefused
    }

    /// The id that stands for "no number here" (`overflowuid`, user_namespaces(7)).
    static let unmapped: UInt32 = 65534
}
