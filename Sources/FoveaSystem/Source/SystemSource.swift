/// Where facts about a system come from: the machine underneath, or a recorded
/// tree of one.
///
/// Everything that this target knows goes through these few questions, so that
/// each rule can be tried on systems that nobody has at hand. Answers are
/// whatever is true at the moment; nothing is kept.
///
/// Calls may block on files. Make them from a thread that may block, not from
/// one of Swift's cooperative ones.
public protocol SystemSource: Sendable {
    /// The text of a file, at most its first 256 KiB; `nil` where there is
    /// none or it may not be read.
    ///
    /// - Parameter path: absolute.
    func text(_ path: String) -> String?

    /// The names in a folder, in no particular order; empty where there is no
    /// such folder or it may not be read.
    func names(in folder: String) -> [String]

    /// Where a path leads with all links followed; `nil` where it leads
    /// nowhere.
    func resolve(_ path: String) -> String?

    /// What a path is and what this process may do with it, links followed;
    /// `nil` where there is nothing.
    func status(_ path: String) -> PathStatus?

    /// Whom this process runs as.
    var identity: ProcessIdentity { get }

    /// The environment of this process.
    var environment: [String: String] { get }
}

/// Whom a process runs as, in the numbers of its own user namespace.
public struct ProcessIdentity: Sendable, Hashable, Codable {
    /// The effective user id; 0 is root.
    public var user: UInt32
    /// The effective group id and the supplementary ones.
    public var groups: [UInt32]

    /// - Parameter groups: all of them, in any order.
    public init(user: UInt32, groups: [UInt32]) {
        self.user = user
        self.groups = groups
    }
}
