import FoveaSystem
import Foundation

/// A recorded system: a folder in Tests/Fixtures/systems whose files stand for
/// those of a machine, and a `system.json` that tells what files cannot hold.
struct FixtureSystem: SystemSource {
    /// What `system.json` holds beside the files.
    struct Record: Decodable {
        /// One line that says what is special about it.
        var title: String
        /// Addresses of the public reports and documents it was made from.
        var sources: [String]
        /// What those tell.
        var reported: String
        /// What they do not tell and was filled in.
        var filledIn: String
        var user: UInt32
        var groups: [UInt32]
        var environment: [String: String]
        /// Device nodes by path.
        var nodes: [String: Node]
        /// Links: from a path to where it leads. Whatever lies below follows.
        var links: [String: String]
        /// Files that are there and whose content does not matter.
        var present: [String]
        /// Files that are there and may not be read.
        var unreadable: [String]
    }

    struct Node: Decodable {
        /// Octal digits, as `ls -l` would have them.
        var mode: String
        var owner: UInt32
        var group: UInt32
    }

    private(set) var record: Record
    private let folder: URL
    /// All paths that are there, and the folders above them.
    private let folders: [String: Set<String>]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/systems")

    static var all: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") }.sorted()
    }

    init(_ name: String) throws {
        folder = Self.root.appending(path: name)
        record = try JSONDecoder().decode(
            Record.self, from: Data(contentsOf: folder.appending(path: "system.json")))
        var paths = FileManager.default.subpaths(atPath: folder.path) ?? []
        paths = paths.filter { $0 != "system.json" }.map { "/" + $0 }
        paths += Array(record.nodes.keys) + Array(record.links.keys) + record.present + record.unreadable
        var folders: [String: Set<String>] = [:]
        for path in paths {
            var parts = path.split(separator: "/").map(String.init)
            while let last = parts.popLast() {
                folders["/" + parts.joined(separator: "/"), default: []].insert(last)
            }
        }
        self.folders = folders
    }

    /// Puts the process into a group.
    mutating func join(group: UInt32) { record.groups.append(group) }

    /// Makes a file one that may not be read.
    mutating func lock(_ path: String) { record.unreadable.append(path) }

    func text(_ path: String) -> String? {
        guard let path = resolve(path), !record.unreadable.contains(path) else { return nil }
        return try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    func names(in folder: String) -> [String] {
        resolve(folder).flatMap { folders[$0] }.map(Array.init) ?? []
    }

    func resolve(_ path: String) -> String? {
        var path = path
        // Links may lead to links; more steps than this are a circle.
        for _ in 0..<16 {
            guard let link = record.links.keys.filter({ path == $0 || path.hasPrefix($0 + "/") }).max() else {
                break
            }
            path = (record.links[link] ?? "") + path.dropFirst(link.count)
        }
        return exists(path) ? path : nil
    }

    private func exists(_ path: String) -> Bool {
        let parts = path.split(separator: "/").map(String.init)
        guard let last = parts.last else { return true }
        return folders["/" + parts.dropLast().joined(separator: "/")]?.contains(last) == true
    }

    func status(_ path: String) -> PathStatus? {
        guard let path = resolve(path) else { return nil }
        if let node = record.nodes[path] {
            let mode = UInt16(node.mode, radix: 8) ?? 0
            let bits = access(node, mode)
            return PathStatus(
                kind: .device, owner: node.owner, group: node.group, mode: mode, isReadable: bits & 4 != 0,
                isWritable: bits & 2 != 0)
        }
        if record.unreadable.contains(path) {
            return PathStatus(kind: .file, mode: 0o600, isReadable: false, isWritable: false)
        }
        return PathStatus(kind: folders[path] == nil ? .file : .folder)
    }

    /// The permission bits that count for this process. Root may do anything
    /// to what has an owner in its user namespace.
    private func access(_ node: Node, _ mode: UInt16) -> UInt16 {
        if record.user == 0, node.owner != 65534 { return 7 }
        if record.user == node.owner { return mode >> 6 & 7 }
        if record.groups.contains(node.group) { return mode >> 3 & 7 }
        return mode & 7
    }

    var identity: ProcessIdentity { ProcessIdentity(user: record.user, groups: record.groups) }
    var environment: [String: String] { record.environment }
}
