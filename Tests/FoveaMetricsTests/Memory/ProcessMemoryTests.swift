import FoveaMetrics
import Foundation
import Testing

// The fields of statm are those of proc(5): size resident shared text lib data dt.
@Suite struct ProcessMemoryTests {
    @Test func pagesBecomeBytes() {
        // 500 pages in memory, 120 of them of files.
        let memory = ProcFileSystem.memory(statm: "2000 500 120 30 0 400 0\n", pageBytes: 4096)
        #expect(memory == ProcessMemory(residentBytes: 2_048_000, anonymousBytes: 1_556_480))
    }

    @Test(arguments: [
        "", "\n", "2000", "2000 500", "a b c", "2000 -1 0 0 0 0 0", "0 0 0 0 0 0 0\n", "2000 500 -3 0 0 0 0",
        "2000 9223372036854775807 0 0 0 0 0", "2000 99999999999999999999 0 0 0 0 0",
    ])
    func whatIsNoAccountOfAProcessIsNone(_ statm: String) {
        #expect(ProcFileSystem.memory(statm: statm, pageBytes: 4096) == nil)
    }

    /// The kernel counts resident and shared pages one after the other, so
    /// the second may be the larger.
    @Test func thereIsNoLessThanNothing() {
        let memory = ProcFileSystem.memory(statm: "10 4 5 0 0 0 0", pageBytes: 1)
        #expect(memory == ProcessMemory(residentBytes: 4, anonymousBytes: 0))
    }

    @Test func aFileOfAProcessIsFound() throws {
        let root = URL.temporaryDirectory.appending(path: "fovea-\(UUID())")
        let folder = root.appending(path: "42")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try Data("9 3 1 0 0 0 0\n".utf8).write(to: folder.appending(path: "statm"))
        let reader = ProcFileSystem(root: root, pageBytes: 2)
        #expect(reader.memory(of: 42) == ProcessMemory(residentBytes: 6, anonymousBytes: 4))
        #expect(reader.memory(of: 43) == nil)
        #expect(reader.memory(of: 0) == nil)
        #expect(reader.memory(of: -42) == nil)
    }

    #if os(Linux)
        @Test func thisProcessHasMemory() throws {
            let memory = try #require(ProcFileSystem().memory(of: getpid()))
            #expect(memory.anonymousBytes > 0)
            #expect(memory.residentBytes > memory.anonymousBytes)
        }
    #endif
}
