import FoveaCore
import FoveaHub
import FoveaModels
import FoveaTesting
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite(.timeLimit(.minutes(3))) struct ContentionTests {
    @Test func callsAtTheSameTimeDownloadOnce() async throws {
        let scene = try Scene()
        let library = try scene.library()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await library.pull(Scene.visual) } }
            try await group.waitForAll()
        }
        #expect(scene.hub.downloads(of: "visual/model.onnx") == 1)
        #expect(scene.hub.downloads(of: "config.json") == 1)
    }

    /// The first one is held in the middle of its download until the second one waits.
    @Test func processesAtTheSameTimeDownloadOnce() async throws {
        let scene = try Scene()
        let gate = TestServer.Gate()
        scene.hub.fail("visual/model.onnx", with: [.held(after: 100_000, gate)])
        let arguments = [scene.hub.endpoint, scene.cache.path, "\(Scene.visual)"]
        let library = try scene.library()
        async let first = Child("fovea-puller").run(arguments)
        // Waiting for a lock is told; what it waits for is the child.
        let told = Recorder<PullProgress.Phase>()
        try await until { scene.hub.downloads(of: "visual/model.onnx") == 1 }
        async let second = Child("fovea-puller").run(arguments)
        let third = try await library.pull(Scene.visual) { progress in
            told.record(progress.phase)
            if progress.phase == .waiting { gate.open() }
        }
        let endings = try await [first, second]
        #expect(endings.map(\.status) == [0, 0], "\(endings)")
        #expect(endings.map(\.output) == ["4\n", "0\n"])
        #expect(third.fetched == [] && told.all.contains(.waiting))
        #expect(scene.hub.downloads(of: "visual/model.onnx") == 1)
        #expect(
            scene.contents("visual/model.onnx") == HubDouble.Repository.model().bytes(of: "visual/model.onnx")
        )
    }

    /// Killed at ten points of the download, one after the other: each attempt
    /// goes on, and a graph is in its place only once all is there.
    @Test func whatWasKilledGoesOn() async throws {
        var repository = HubDouble.Repository.model()
        for index in repository.files.indices
        where repository.files[index].path.hasPrefix("visual/model.onnx") {
            repository.files[index].bytes = HubDouble.Repository.bytes(10_000_000, seed: UInt32(index))
        }
        let scene = try Scene([repository])
        let arguments = [scene.hub.endpoint, scene.cache.path, "\(Scene.visual)"]
        var kills = 0
        for _ in 0..<10 {
            let gate = TestServer.Gate()
            let point = Int.random(in: 0..<1_800_000)
            for path in ["visual/model.onnx", "visual/model.onnx.data"] {
                scene.hub.fail(path, with: [.held(after: point, gate)])
            }
            let child = Child("fovea-puller")
            let sent = scene.hub.files.bytesSent
            let ended = Recorder<Child.Ending>()
            async let ending: Void = { ended.record(try await child.run(arguments)) }()
            try await until { scene.hub.files.bytesSent >= sent + point || !ended.all.isEmpty }
            child.kill()
            gate.open()
            try await ending
            let end = try #require(ended.all.first)
            #expect(end.isKilled || end.status == 0, "at \(point): \(end)")
            kills += end.isKilled ? 1 : 0
            if scene.contents("visual/model.onnx") != nil {
                #expect(scene.contents("visual/model.onnx.data") != nil, "at \(point)")
            }
        }
        #expect(kills > 0)
        let end = try await Child("fovea-puller").run(arguments)
        #expect(end.status == 0, "\(end)")
        for path in Scene.files(in: scene.model) {
            #expect(scene.contents(path) == repository.bytes(of: path), "\(path)")
        }
        #expect(Scene.files(in: scene.model).count == 4)
        #expect(Scene.files(in: scene.records) == ["manifest.json"])
        #expect(try await scene.library().verify(Scene.home).isSound)
    }

    @Test func aReadOnlyFolderIsSaid() async throws {
        let scene = try Scene()
        try FileManager.default.createDirectory(at: scene.cache, withIntermediateDirectories: true)
        // Root may write anywhere, so the child works as nobody.
        let isRoot = getuid() == 0
        chmod(scene.cache.path, isRoot ? 0o755 : 0o555)
        chmod(scene.beside.path, 0o755)
        let arguments = [scene.hub.endpoint, scene.cache.path, "\(Scene.visual)"] + (isRoot ? ["65534"] : [])
        let end = try await Child("fovea-puller").run(arguments)
        chmod(scene.cache.path, 0o755)
        #expect(end.status == 1)
        #expect(
            end.errors.contains("read-only") && end.errors.contains("MACHINE_LEARNING_CACHE_FOLDER"), "\(end)"
        )
        #expect(scene.hub.files.requests.isEmpty)
    }

    /// A limit of the system's takes the place of a disk that is full.
    @Test func aFullDiskIsSaidAndNothingIsLost() async throws {
        let repository = HubDouble.Repository.model()
        let scene = try Scene([repository])
        let arguments = [scene.hub.endpoint, scene.cache.path, "\(Scene.visual)"]
        let end = try await Child("fovea-puller").run(arguments + ["-", "300000"])
        #expect(end.status == 1)
        #expect(end.errors.contains("There is no room") && end.errors.contains("models prune"), "\(end)")
        #expect(Scene.files(in: scene.model) == [])
        #expect(try await Child("fovea-puller").run(arguments).status == 0)
        #expect(scene.contents("visual/model.onnx") == repository.bytes(of: "visual/model.onnx"))
        // What was there of the smaller file was not fetched again.
        #expect(scene.hub.downloads(of: "visual/model.onnx.data") == 1)
    }

    /// Looks again and again; the suite's limit ends it.
    private func until(_ condition: () -> Bool) async throws {
        while !condition() {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}
