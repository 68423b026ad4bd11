import Foundation
import FoveaBackends
import FoveaInstaller
import FoveaTesting
import Testing

@Suite struct ContentionTests {
    @Test func twoInstallersDownloadOnce() async throws {
        let bytes = Scene.wheelBytes()
        let isWaiting = DispatchSemaphore(value: 0)
        // The server answers once the other installer waits for the first.
        let scene = try Scene(bytes: bytes) { request, number in
            if number == 0 { isWaiting.wait() }
            return .file(bytes, for: request)
        }
        let waits = Recorder<InstallProgress>()
        try await withThrowingTaskGroup(of: URL.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await scene.installer.install(.webgpu) { report in
                        guard report.phase == .waiting else { return }
                        if waits.record(report) == 1 { isWaiting.signal() }
                    }
                }
            }
            for try await url in group {
                #expect(url.path == scene.folder.url.appending(path: scene.package).path)
            }
        }
        #expect(scene.server.requests.count == 1)
        #expect(!waits.all.isEmpty)
    }

    @Test func aLockIsHadByOneAtATime() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "lock")
        var first = try InstallLock(url)
        #expect(first != nil)
        #expect(try InstallLock(url) == nil)
        first = nil
        #expect(try InstallLock(url) != nil)
    }

    @Test func whoWaitsCanBeCancelled() async throws {
        let scene = try Scene.serving()
        try scene.folder.write([], to: "library/downloads/lock")
        let lock = try #require(try InstallLock(scene.folder.url.appending(path: "library/downloads/lock")))
        let task = Task {
            try await scene.installer.install(.webgpu) { report in
                if report.phase == .waiting { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        withExtendedLifetime(lock) {}
        #expect(scene.server.requests.isEmpty)
    }
}
