import FoveaCore
import FoveaHub
import FoveaModels
import FoveaTesting
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct RemovalTests {
    @Test func onlyWhatCameFromUsGoes() async throws {
        let scene = try Scene()
        let library = try scene.library()
        try scene.put("visual/mine.txt", [1])
        try await library.pull(Scene.visual)
        try scene.put("config.json", Array("changed".utf8))
        let result = try await library.remove(Scene.home)
        #expect(
            result.removed.sorted() == [
                "visual/model.onnx", "visual/model.onnx.data", "visual/preprocess_cfg.json",
            ])
        #expect(result.removed.first == "visual/model.onnx")
        #expect(result.kept == ["config.json": .changed, "visual/mine.txt": .foreign])
        #expect(Scene.files(in: scene.model) == ["config.json", "visual/mine.txt"])
        // Once it is as it was, it is still known to be ours.
        try scene.put("config.json", HubDouble.Repository.model().bytes(of: "config.json") ?? [])
        #expect(try await library.remove(Scene.home).removed == ["config.json"])
    }

    @Test func aModelThatIsAllOursLeavesNothing() async throws {
        let scene = try Scene()
        let library = try scene.library()
        try await library.pull(Scene.home, .all)
        try await library.remove(Scene.home)
        #expect(!FileManager.default.fileExists(atPath: scene.model.path))
        #expect(!FileManager.default.fileExists(atPath: scene.records.path))
        try await library.pull(Scene.visual)
        #expect(scene.contents("visual/model.onnx") != nil)
    }

    @Test func aUsersModelStays() async throws {
        let scene = try Scene()
        try scene.put("visual/model.onnx", [1, 2])
        let result = try await scene.library().remove(Scene.home)
        #expect(result.removed == [] && result.kept == ["visual/model.onnx": .foreign])
        #expect(scene.contents("visual/model.onnx") == [1, 2])
    }

    /// Whoever shares the folder may have written the manifest.
    @Test func aManifestCannotNameFilesElsewhere() async throws {
        let scene = try Scene()
        let library = try scene.library()
        try await library.pull(Scene.visual)
        let victim = scene.beside.appending(path: "victim")
        try Scene.put([5], at: victim)
        var manifest = try #require(library.manifest(of: Scene.home))
        let entry = ModelManifest.Entry(
            byteCount: 1, sha256: HubDouble.File("x", [5]).sha256, source: "x", date: .now)
        for path in ["../../../victim", victim.path, "link/victim"] { manifest.files[path] = entry }
        try Scene.put([UInt8](manifest.encoded()), at: scene.records.appending(path: "manifest.json"))
        try FileManager.default.createSymbolicLink(
            at: scene.model.appending(path: "link"), withDestinationURL: scene.beside)
        try await library.remove(Scene.home)
        #expect(FileManager.default.fileExists(atPath: victim.path))
    }
}

@Suite(.timeLimit(.minutes(2))) struct PruneTests {
    /// Three models; dates by hand, one of them of a host whose clock is ahead.
    private func filled(_ now: Date) async throws -> Scene {
        let names = ["ViT", "ViT-new", "ViT-ahead"]
        let scene = try Scene(names.map { .model("immich-app/\($0)") })
        let library = try scene.library(now: now - 1_000_000)
        for (name, age) in zip(names, [5000.0, 100, -99_999]) {
            let home = ModelHome(.clip, name: name)
            try await library.pull(ModelID(.clip, .visual, name: name))
            try FileManager.default.setAttributes(
                [.modificationDate: now - age],
                ofItemAtPath: home.records(in: scene.cache).appending(path: ".used").path)
        }
        return scene
    }

    @Test func theLeastRecentlyUsedGoUntilItFits() async throws {
        let now = Date.now
        let scene = try await filled(now)
        let library = try scene.library(now: now)
        try scene.put("../Mine/visual/model.onnx", [UInt8](repeating: 1, count: 1000))
        let total = DiskUse.bytes(scene.cache)
        #expect(try await library.prune(budget: total).models.isEmpty)
        let trial = try await library.prune(budget: total - 1, isTrial: true)
        #expect(trial.models.map(\.home.name) == ["ViT"])
        #expect(DiskUse.bytes(scene.cache) == total)
        let result = try await library.prune(budget: total - 1)
        #expect(result.models.map(\.home.name) == ["ViT"] && result.freed > 700_000)
        #expect(result.remaining == DiskUse.bytes(scene.cache))
        #expect(try await library.prune(budget: 0).models.map(\.home.name) == ["ViT-new", "ViT-ahead"])
        #expect(
            Scene.files(in: scene.cache.appending(path: "clip")) == ["Mine/visual/model.onnx"])
    }

    @Test func leftoversGo() async throws {
        let now = Date.now
        let scene = try await filled(now)
        let library = try scene.library(now: now)
        let old = scene.records.appending(path: ".partial", directoryHint: .isDirectory)
        try Scene.put([1, 2, 3], at: old.appending(path: "x.part"))
        for url in [old.appending(path: "x.part"), old] {
            try FileManager.default.setAttributes([.modificationDate: now - 100_000], ofItemAtPath: url.path)
        }
        let young = ModelHome(.clip, name: "ViT-new").records(in: scene.cache).appending(
            path: ".partial/y.part")
        try Scene.put([1], at: young)
        // Copies: of a model that is gone, of one that is there, of one seen under another path.
        func packed(_ name: String, _ model: String) throws -> URL {
            let folder = scene.cache.appending(path: "fovea/packed/\(name)", directoryHint: .isDirectory)
            let json = try JSONSerialization.data(withJSONObject: ["model": model])
            try Scene.put([UInt8](json), at: folder.appending(path: "packed.json"))
            return folder
        }
        let gone = try packed("1", scene.cache.path + "/clip/Gone/visual/model.onnx")
        let there = try packed("2", scene.model.path + "/visual/model.onnx")
        let other = try packed("3", "/cache/clip/Gone/visual/model.onnx")
        let graph = scene.cache.appending(path: "fovea/graphs/clip-ViT-visual_batch-1_0123456789abcdef")
        let foreign = scene.cache.appending(path: "fovea/graphs/clip-Gone-visual_batch-1_0123456789abcdef")
        for folder in [graph, foreign] { try Scene.put([1], at: folder.appending(path: "model.onnx")) }

        let first = try await library.prune(budget: nil)
        #expect(Set(first.leftovers.map { URL(filePath: $0).lastPathComponent }) == [".partial", "1"])
        let second = try await library.prune(budget: DiskUse.bytes(scene.cache) - 1)
        #expect(second.models.map(\.home) == [Scene.home])
        let exists = [old, young, gone, there, other, graph, foreign].map {
            FileManager.default.fileExists(atPath: $0.path)
        }
        #expect(exists == [false, true, false, false, true, false, true])
    }

    /// However slow it is: whoever downloads has the lock.
    @Test func aDownloadThatIsUnderWayStays() async throws {
        let scene = try Scene()
        let gate = TestServer.Gate()
        scene.hub.fail("visual/model.onnx", with: [.held(after: 1000, gate)])
        let library = try scene.library()
        let later = try scene.library(now: .now + 1_000_000)
        async let pulled = library.pull(Scene.visual)
        while scene.hub.downloads(of: "visual/model.onnx") == 0, !Task.isCancelled { await Task.yield() }
        #expect(try await later.prune(budget: 0).leftovers == [])
        gate.open()
        #expect(try await pulled.fetched.count == 4)
    }

    @Test func usesAreNotedDown() throws {
        let scene = try Scene()
        let use = ModelUse(cache: scene.cache)
        // Nothing was loaded from a model that is not there.
        use.touch(Scene.home)
        #expect(use.lastUse(of: Scene.home) == nil)
        try scene.put("visual/model.onnx", [1])
        use.touch(Scene.home)
        let first = try #require(use.lastUse(of: Scene.home))
        #expect(abs(first.timeIntervalSinceNow) < 60)
        let file = scene.records.appending(path: ".used").path
        try FileManager.default.setAttributes([.modificationDate: Date.now + 9999], ofItemAtPath: file)
        let now = Date.now
        #expect(use.lastUse(of: Scene.home, now: now) == now)
        try FileManager.default.setAttributes([.modificationDate: Date.now - 9999], ofItemAtPath: file)
        use.touch(Scene.home)
        #expect(abs(try #require(use.lastUse(of: Scene.home)).timeIntervalSinceNow) < 60)
    }
}
