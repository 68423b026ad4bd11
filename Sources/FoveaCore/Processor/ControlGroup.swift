/// Where Linux says what a process may take: the folders of its control groups
/// (cgroups(7)).
package enum ControlGroup {
    /// A folder with a group's limits, and whose names its files have.
    package struct Folder: Equatable, Sendable {
        package var path: String
        /// 1 or 2.
        package var version: Int
    }

    /// The folders of the groups that a process is in, and of each above them,
    /// because the tightest limit counts.
    ///
    /// - Parameters:
    ///   - controller: `memory` or `cpu`.
    ///   - membership: what `/proc/self/cgroup` holds, lines of
    ///     `hierarchy:controllers:path`.
    package static func folders(of controller: String, membership: String) -> [Folder] {
        membership.split(separator: "\n").flatMap { line -> [Folder] in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return [] }
            let (root, version): (String, Int)
            if fields[1].isEmpty {
                (root, version) = ("/sys/fs/cgroup", 2)
            } else if fields[1].split(separator: ",").contains(controller[...]) {
                (root, version) = ("/sys/fs/cgroup/\(controller)", 1)
            } else {
                return []
            }
            let parts = fields[2].split(separator: "/").map(String.init)
            return (0...parts.count).map { count in
                Folder(path: ([root] + parts.prefix(count)).joined(separator: "/"), version: version)
            }
        }
    }
}
