import FoveaSystem

/// A system of a few files, for the parts that read single ones.
struct MemorySystem: SystemSource {
    var files: [String: String] = [:]
    var environment: [String: String] = [:]
    var identity = ProcessIdentity(user: 0, groups: [0])

    func text(_ path: String) -> String? { files[path] }

    func names(in folder: String) -> [String] {
        let start = folder + "/"
        let names = files.keys.filter { $0.hasPrefix(start) }.compactMap {
            $0.dropFirst(start.count).split(separator: "/").first
        }
        return Set(names.map(String.init)).sorted()
    }

    func resolve(_ path: String) -> String? { status(path) == nil ? nil : path }

    func status(_ path: String) -> PathStatus? {
        if files[path] != nil { return PathStatus(kind: .file) }
        return names(in: path).isEmpty ? nil : PathStatus(kind: .folder)
    }
}
