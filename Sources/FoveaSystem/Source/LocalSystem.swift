import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The machine that this process runs on.
///
/// ```swift
/// let snapshot = SystemSnapshot(reading: LocalSystem())
/// ```
public struct LocalSystem: SystemSource {
    /// No file that is read here is longer: `/proc/cpuinfo` of 256 cores has
    /// about 400 KiB, and its first core says it all.
    private static let longestText = 256 * 1024

    /// There is only one.
    public init() {}

    public func text(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        // Files of procfs and sysfs say that they are empty, so read until
        // there is no more.
        var part = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < Self.longestText {
            let count = read(file, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { break }
            bytes.append(contentsOf: part[..<count])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    public func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    public func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    public func status(_ path: String) -> PathStatus? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        let kind: PathStatus.Kind =
            switch facts.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFCHR, S_IFBLK: .device
            default: .other
            }
        let isWritable = access(path, W_OK) == 0
        return PathStatus(
            kind: kind, owner: facts.st_uid, group: facts.st_gid, mode: UInt16(facts.st_mode & 0o7777),
            isReadable: access(path, R_OK) == 0, isWritable: isWritable,
            isRefused: kind == .device && isWritable && isRefused(path))
    }

    /// Device rules of a control group show in opening a node only. NVIDIA's
    /// nodes are left alone: opening one starts a sleeping card.
    private func isRefused(_ path: String) -> Bool {
        guard !path.hasPrefix("/dev/nvidia") else { return false }
        let file = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return errno == EPERM || errno == EACCES }
        close(file)
        return false
    }

    public var identity: ProcessIdentity {
        var groups = [gid_t](repeating: 0, count: 1024)
        let count = getgroups(Int32(groups.count), &groups)
        return ProcessIdentity(
            user: geteuid(), groups: Set(groups.prefix(max(0, Int(count))) + [getegid()]).sorted())
    }

    public var environment: [String: String] { ProcessInfo.processInfo.environment }
}
