import FoveaBackends
import FoveaCore
import FoveaSystem
import Foundation
import Testing

/// The machine that the tests run on, whatever it is.
struct LocalSystemTests {
    @Test func machineIsReadAndExamined() throws {
        let snapshot = SystemSnapshot(reading: LocalSystem())
        #expect(snapshot.cpu.cores >= 1)
        #expect(try #require(snapshot.cpu.memoryBytes) > 1 << 28)
        #expect(snapshot.host.kernelVersion != nil)
        let report = Doctor.examine(snapshot, installed: [.onnxruntime])
        #expect(report.isUsable(.cpu))
        #expect(report.devices.last?.device == .cpu)
        #expect(report.text(colour: false).contains("CPU: usable"))
    }

    @Test func filesAreWhatTheyAre() throws {
        let system = LocalSystem()
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "a")
        try Data("text\n".utf8).write(to: file)
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "b").path, withDestinationPath: "a")

        #expect(system.text(file.path) == "text\n")
        #expect(system.names(in: folder.path).sorted() == ["a", "b"])
        #expect(system.resolve(folder.appending(path: "b").path)?.hasSuffix("/a") == true)
        #expect(system.status(file.path)?.kind == .file)
        #expect(system.status(folder.path)?.kind == .folder)
        #expect(system.status(file.path)?.isReadable == true)
        #expect(system.text(folder.appending(path: "c").path) == nil)
        #expect(system.status(folder.appending(path: "c").path) == nil)
        #expect(system.resolve(folder.appending(path: "c").path) == nil)
        #expect(system.names(in: folder.appending(path: "c").path).isEmpty)
    }

    @Test func nodesAreDevicesThatCanBeOpened() throws {
        let status = try #require(LocalSystem().status("/dev/null"))
        #expect(status.kind == .device)
        #expect(status.isReadable && status.isWritable && !status.isRefused)
    }

    @Test func processKnowsItself() {
        let system = LocalSystem()
        #expect(system.identity.user == geteuid())
        #expect(system.identity.groups.contains(getegid()))
        #expect(system.environment["PATH"] == ProcessInfo.processInfo.environment["PATH"])
    }
}
