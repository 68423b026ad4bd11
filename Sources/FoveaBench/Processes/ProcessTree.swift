package import Foundation
package import FoveaMetrics

/// A process and all that it started, in Linux' `/proc`.
package struct ProcessTree: Sendable {
    /// The first process.
    package let root: pid_t
    private let folder: URL
    private let memoryReader: any ProcessMemoryReader
    /// Clock ticks a second.
    private let ticks: Double

    package init(root: pid_t) {
        self.init(
            root: root, folder: URL(filePath: "/proc"), memoryReader: ProcFileSystem(),
            ticks: Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    package init(root: pid_t, folder: URL, memoryReader: any ProcessMemoryReader, ticks: Double) {
        self.root = root
        self.folder = folder
        self.memoryReader = memoryReader
        self.ticks = ticks
    }

    /// Seconds of processor time that all of them have used so far, and those
    /// that have ended. `nil` where the first process is not there.
    package var processorTime: Double? {
        let members = members
        guard !members.isEmpty else { return nil }
        return Double(members.reduce(0) { $0 + $1.ticks }) / ticks
    }

    /// Memory of all of them together.
    package var memory: ProcessMemory? {
        let all = members.compactMap { memoryReader.memory(of: $0.id) }
        guard !all.isEmpty else { return nil }
        return ProcessMemory(
            residentBytes: all.reduce(0) { $0 + $1.residentBytes },
            anonymousBytes: all.reduce(0) { $0 + $1.anonymousBytes })
    }

    /// The first process and its descendants.
    private var members: [ProcessStatus] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let statuses = all.compactMap { name -> ProcessStatus? in
            guard let id = pid_t(name),
                let line = try? Data(contentsOf: folder.appending(path: "\(id)/stat"))
            else { return nil }
            return ProcessStatus(stat: String(decoding: line, as: UTF8.self))
        }
        let children = Dictionary(grouping: statuses, by: \.parent)
        var members = statuses.filter { $0.id == root }
        var next = 0
        while next < members.count {
            members += children[members[next].id] ?? []
            next += 1
        }
        return members
    }
}

/// What `/proc/<id>/stat` says of a process; see proc(5).
package struct ProcessStatus: Sendable, Equatable {
    package var id: pid_t
    package var parent: pid_t
    /// Processor time in clock ticks: its own, and that of children which it
    /// has seen end.
    package var ticks: Int

    /// `nil` for what is no such line.
    package init?(stat line: String) {
        // The name, in brackets, may hold anything, brackets too.
        guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")"), open < close,
            let id = pid_t(line[..<open].trimmingCharacters(in: .whitespaces))
        else { return nil }
        let fields = line[line.index(after: close)...].split(whereSeparator: \.isWhitespace)
        // From the third field on: state, ppid, …; utime, stime, cutime and cstime are 14 to 17.
        guard fields.count > 14, let parent = pid_t(fields[1]) else { return nil }
        let times = fields[11...14].compactMap { Int($0) }
        guard times.count == 4 else { return nil }
        self.id = id
        self.parent = parent
        ticks = times.reduce(0, +)
    }
}
