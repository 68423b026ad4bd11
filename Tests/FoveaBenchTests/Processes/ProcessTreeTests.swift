import FoveaBench
import FoveaMetrics
import Foundation
import Testing

/// Lines as in proc(5): number, name, state, parent, ten more, then utime,
/// stime, cutime and cstime in ticks.
@Suite struct ProcessTreeTests {
    private static func line(_ id: Int, _ name: String, parent: Int, _ times: String) -> String {
        "\(id) (\(name)) S \(parent) 1 1 0 -1 4194560 100 0 0 0 \(times) 20 0 4 0 1000 1000000 200 18446744073709551615"
    }

    @Test func aLineIsRead() {
        let status = ProcessStatus(stat: Self.line(42, "fovea", parent: 7, "100 20 3 1"))
        #expect(status?.id == 42)
        #expect(status?.parent == 7)
        #expect(status?.ticks == 124)
    }

    @Test func aNameMayHoldAnything() {
        let status = ProcessStatus(stat: Self.line(42, ") R 1 (a b", parent: 7, "100 20 3 1"))
        #expect(status?.parent == 7)
        #expect(status?.ticks == 124)
    }

    @Test(arguments: ["", "42", "42 (fovea) S 7", "x (fovea) S 7 1 1 0 -1 0 0 0 0 0 1 1 1 1 0"])
    func whatIsNoLineIsNone(text: String) {
        #expect(ProcessStatus(stat: text) == nil)
    }

    @Test func descendantsCountAndOthersDoNot() throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (id, parent, times) in [
            (10, 1, "100 0 50 0"), (11, 10, "30 10 0 0"), (12, 11, "5 5 0 0"), (13, 1, "900 900 0 0"),
        ] {
            let process = folder.appending(component: "\(id)")
            try FileManager.default.createDirectory(at: process, withIntermediateDirectories: true)
            try Self.line(id, "fovea", parent: parent, times)
                .write(to: process.appending(component: "stat"), atomically: true, encoding: .utf8)
        }
        let tree = ProcessTree(root: 10, folder: folder, memoryReader: EachItsNumber(), ticks: 100)
        #expect(tree.processorTime == 2)
        #expect(tree.memory == ProcessMemory(residentBytes: 33_000, anonymousBytes: 33))
        #expect(
            ProcessTree(root: 99, folder: folder, memoryReader: EachItsNumber(), ticks: 100).processorTime
                == nil)
    }

    private struct EachItsNumber: ProcessMemoryReader {
        func memory(of process: pid_t) -> ProcessMemory? {
            ProcessMemory(residentBytes: Int(process) * 1000, anonymousBytes: Int(process))
        }
    }
}
