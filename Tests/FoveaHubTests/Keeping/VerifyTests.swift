import FoveaCore
import FoveaHub
import FoveaModels
import FoveaTesting
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct VerifyTests {
    private func word(_ scene: Scene, _ path: String, _ library: ModelLibrary) async throws -> String? {
        try await library.verify(Scene.home).files.first { $0.path == path }?.word
    }

    @Test func eachKindOfDamageIsTold() async throws {
        let scene = try Scene()
        let library = try scene.library()
        try await library.pull(Scene.visual)
        #expect(try await library.verify(Scene.home).files.map(\.word) == Array(repeating: "right", count: 4))
        var bytes = try #require(scene.contents("visual/model.onnx"))
        bytes[77] ^= 4
        try scene.put("visual/model.onnx", bytes)
        try scene.put("config.json", [1])
        try FileManager.default.removeItem(at: scene.model.appending(path: "visual/preprocess_cfg.json"))
        try scene.put("visual/notes.txt", [1])
        try scene.put("visual/openvino/x.blob", [1])
        let found = try await library.verify(Scene.home)
        #expect(
            Dictionary(uniqueKeysWithValues: found.files.map { ($0.path, $0.word) }) == [
                "config.json": "wrong size", "visual/model.onnx": "wrong hash",
                "visual/model.onnx.data": "right", "visual/preprocess_cfg.json": "missing",
                "visual/notes.txt": "unknown",
            ])
        #expect(!found.isSound)
    }

    @Test func brokenFilesAreSetAsideOnceTheirReplacementIsThere() async throws {
        let scene = try Scene()
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        let library = try scene.library(now: date)
        try await library.pull(Scene.visual)
        var broken = try #require(scene.contents("visual/model.onnx"))
        let right = broken
        broken[3] ^= 1
        try scene.put("visual/model.onnx", broken)
        // Without a network, everything stays.
        let text = await message { try await scene.library(["HF_HUB_OFFLINE": "1"]).repair(Scene.home) }
        #expect(text.contains("visual/model.onnx") && text.contains("HF_HUB_OFFLINE"))
        #expect(scene.contents("visual/model.onnx") == broken)
        // Nor does a replacement that is wrong change anything.
        scene.hub.fail("visual/model.onnx", with: [.corrupt(at: 5), .corrupt(at: 5)])
        await #expect(throws: FoveaError.self) { try await library.repair(Scene.home) }
        #expect(scene.contents("visual/model.onnx") == broken)
        #expect(!FileManager.default.fileExists(atPath: scene.cache.appending(path: "fovea/set-aside").path))
        // Files of the commit that the others are of, whatever the branch stands for now.
        let result = try await library.repair(Scene.home)
        let aside = scene.cache.appending(
            path: "fovea/set-aside/2023-11-14T221320Z/clip/ViT/visual/model.onnx")
        #expect(result.repaired.keys.sorted() == ["visual/model.onnx"])
        #expect(scene.contents("visual/model.onnx") == right)
        #expect([UInt8](try Data(contentsOf: aside)) == broken)
        let why = String(decoding: try Data(contentsOf: URL(filePath: aside.path + ".txt")), as: UTF8.self)
        #expect(why.contains("contents are not those of"))
        #expect(try await library.verify(Scene.home).isSound)
        #expect(scene.hub.downloads(of: "config.json") == 1)
    }

    /// What the source has by now does not go with the model's other files.
    @Test func anotherVersionIsNoReplacement() async throws {
        let scene = try Scene()
        let library = try scene.library()
        try await library.pull(Scene.visual)
        try scene.put("visual/model.onnx", [1])
        var newer = HubDouble.Repository.model(seed: 5)
        newer.commit = String(repeating: "9", count: 40)
        scene.hub.replace([newer])
        await #expect(throws: FoveaError.self) { try await library.repair(Scene.home) }
        #expect(scene.contents("visual/model.onnx") == [1])
    }

    /// A folder that Immich filled: what its downloader noted down is used, and
    /// stays as it is.
    @Test func immichsFoldersAreVerifiedByTheirNotes() async throws {
        let repository = HubDouble.Repository.model()
        let scene = try Scene([repository])
        let library = try scene.library()
        var notes: [String: [UInt8]] = [:]
        for file in repository.files where !file.path.hasPrefix(".") {
            try scene.put(file.path, file.bytes)
            let path = ".cache/huggingface/download/\(file.path).metadata"
            // As git names `printf '{"size": 224}' | git hash-object --stdin`; see below.
            let etag = file.isLarge ? file.sha256 : Self.gitBlobs[file.path]
            guard let etag else { continue }
            notes[path] = Array("\(repository.commit)\n\(etag)\n1700000000.25\n".utf8)
            try scene.put(path, notes[path] ?? [])
        }
        let offline = try scene.library(["HF_HUB_OFFLINE": "1"])
        let found = try await offline.verify(Scene.home)
        #expect(found.isSound)
        #expect(
            found.files.filter { $0.state == .unknown }.map(\.path) == [
                "README.md", "config.json", "textual/tokenizer.json", "textual/tokenizer_config.json",
            ])
        #expect(found.remark?.contains("HF_HUB_OFFLINE") == true)
        // With a network, the rest is known as well.
        #expect(try await library.verify(Scene.home).files.allSatisfy { $0.state == .right })
        try scene.put("visual/preprocess_cfg.json", Array("{\"size\": 225}".utf8))
        #expect(try await word(scene, "visual/preprocess_cfg.json", offline) == "wrong hash")
        try await library.repair(Scene.home)
        #expect(scene.contents("visual/preprocess_cfg.json") == Array("{\"size\": 224}".utf8))
        for (path, bytes) in notes { #expect(scene.contents(path) == bytes) }
        // Of all these, only the replacement is ours to remove.
        let removed = try await library.remove(Scene.home)
        #expect(removed.removed == ["visual/preprocess_cfg.json"])
        #expect(scene.contents("visual/model.onnx") == repository.bytes(of: "visual/model.onnx"))
    }

    /// `printf '{"size": 224}' | git hash-object --stdin`
    private static let gitBlobs = ["visual/preprocess_cfg.json": "d5c7a5f32bcbd17514e0779396930f05ba48874a"]
}
