public import Foundation

/// How much memory a process has.
public struct ProcessMemory: Sendable, Hashable {
    /// Everything in memory: the resident set.
    public var residentBytes: Int
    /// What it does not share with a file, and so takes from others: heap and
    /// stacks, not mapped model files.
    public var anonymousBytes: Int

    public init(residentBytes: Int, anonymousBytes: Int) {
        self.residentBytes = residentBytes
        self.anonymousBytes = anonymousBytes
    }
}

/// Looks up how much memory a process has.
public protocol ProcessMemoryReader: Sendable {
    /// `nil` where there is no such process, or no way to know.
    func memory(of process: pid_t) -> ProcessMemory?
}

/// Linux' own account of its processes, `/proc`. Where there is none, nothing
/// is known.
public struct ProcFileSystem: ProcessMemoryReader {
    private let root: URL
    private let pageBytes: Int

    public init() { self.init(root: URL(filePath: "/proc"), pageBytes: Int(sysconf(Int32(_SC_PAGESIZE)))) }

    package init(root: URL, pageBytes: Int) {
        self.root = root
        self.pageBytes = pageBytes
    }

    /// From `statm`, a line of page counts that the kernel keeps anyway;
    /// `smaps_rollup` is exact where this is off by a few pages a thread, but
    /// walks all of the process's memory to be so.
    public func memory(of process: pid_t) -> ProcessMemory? {
        guard process > 0,
            let line = try? Data(contentsOf: root.appending(path: "\(process)/statm"))
        else { return nil }
        return Self.memory(statm: String(decoding: line, as: UTF8.self), pageBytes: pageBytes)
    }

    /// Reads `size resident shared text lib data dt`, see proc(5).
    package static func memory(statm: String, pageBytes: Int) -> ProcessMemory? {
        let pages = statm.split(whereSeparator: \.isWhitespace).prefix(3).compactMap { Int($0) }
        // A process that has ended and waits to be collected has no pages.
        guard pages.count == 3, pages[1] > 0, pages[2] >= 0 else { return nil }
        let (resident, overflow) = pages[1].multipliedReportingOverflow(by: pageBytes)
        guard !overflow else { return nil }
        let (anonymous, _) = max(0, pages[1] - pages[2]).multipliedReportingOverflow(by: pageBytes)
        return ProcessMemory(residentBytes: resident, anonymousBytes: anonymous)
    }
}
