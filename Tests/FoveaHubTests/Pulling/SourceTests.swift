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

/// Mirrors and folders.
@Suite(.timeLimit(.minutes(2))) struct SourceTests {
    private static let graph = HubDouble.Repository.bytes(100_000, seed: 9)
    private static let files: [String: [UInt8]] = [
        "config.json": Array("{}".utf8), "visual/model.onnx": graph, "visual/weights.bin": [7, 7, 7],
        "visual/preprocess_cfg.json": Array("{}".utf8),
    ]

    private func mirror(_ files: [String: [UInt8]]) -> TestServer {
        let files = Dictionary(uniqueKeysWithValues: files.map { ("/models/clip/ViT/\($0.key)", $0.value) })
        return TestServer { request, _ in .files(files, for: request) }
    }

    private static func sums(_ files: [String: [UInt8]]) -> [UInt8] {
        let lines = files.sorted { $0.key < $1.key }.map { path, bytes in
            "\(HubDouble.File(path, bytes).sha256)  ./\(path)\n"
        }
        return Array(lines.joined().utf8)
    }

    @Test func aMirrorWithChecksumsHasWhatTheySay() async throws {
        let scene = try Scene([])
        let server = mirror(Self.files.merging(["SHA256SUMS": Self.sums(Self.files)]) { $1 })
        defer { server.stop() }
        let library = try scene.library(["FOVEA_MODEL_SOURCES": "\(server.base)/models/", "HF_TOKEN": "hf_a"])
        try await library.pull(Scene.visual)
        for (path, bytes) in Self.files { #expect(scene.contents(path) == bytes, "\(path)") }
        // The token is the hub's.
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == nil })
    }

    @Test func checksumsAreVerified() async throws {
        let scene = try Scene([])
        var files = Self.files.merging(["SHA256SUMS": Self.sums(Self.files)]) { $1 }
        files["visual/model.onnx"]?[5] ^= 1
        let server = mirror(files)
        defer { server.stop() }
        let library = try scene.library(["FOVEA_MODEL_SOURCES": "\(server.base)/models"])
        await #expect(throws: FoveaError.self) { try await library.pull(Scene.visual) }
        #expect(Scene.files(in: scene.model) == [])
    }

    @Test func aMirrorWithoutChecksumsIsAskedForTheUsualNames() async throws {
        let scene = try Scene([])
        let server = mirror(Self.files)
        defer { server.stop() }
        try await scene.library(["FOVEA_MODEL_SOURCES": "\(server.base)/models"]).pull(Scene.visual)
        #expect(
            Scene.files(in: scene.model) == [
                "config.json", "visual/model.onnx", "visual/preprocess_cfg.json",
            ])
        #expect(scene.contents("visual/model.onnx") == Self.graph)
    }

    /// As the network of a hotel does.
    @Test func pagesAreNoModels() async throws {
        let scene = try Scene([])
        let server = TestServer { request, _ in
            request.path.contains("SHA256SUMS")
                ? .init(status: 404) : .init(body: Array("<!DOCTYPE html><p>Welcome".utf8))
        }
        defer { server.stop() }
        let library = try scene.library(["FOVEA_MODEL_SOURCES": server.base])
        #expect(await message { try await library.pull(Scene.visual) }.contains("web page"))
        #expect(Scene.files(in: scene.cache.appending(path: "clip")) == [])
    }

    @Test func sourcesAreAskedInOrder() async throws {
        let scene = try Scene()
        let server = mirror([:])
        defer { server.stop() }
        let folder = scene.beside.appending(path: "none").path
        let library = try scene.library(["FOVEA_MODEL_SOURCES": "\(server.base)/models,\(folder),hub"])
        let result = try await library.pull(Scene.visual)
        #expect(result.source == "\(scene.hub.endpoint)/immich-app/ViT")
        #expect(server.requests.first?.plainPath == "/models/clip/ViT/SHA256SUMS")
        // Each says why it was of no use.
        let none = try scene.library(["FOVEA_MODEL_SOURCES": "\(folder),\(server.base)/models"])
        let text = await message { try await none.pull(Scene.textual) }
        #expect(text.contains(folder) && text.contains(server.base))
    }

    @Test func aFolderIsLinkedAndStaysAsItIs() async throws {
        let scene = try Scene([])
        let folder = scene.beside.appending(path: "source", directoryHint: .isDirectory)
        for (path, bytes) in Self.files {
            try Scene.put(bytes, at: folder.appending(path: "clip/ViT/\(path)"))
        }
        let library = try scene.library(["FOVEA_MODEL_SOURCES": folder.path, "HF_HUB_OFFLINE": "1"])
        let result = try await library.pull(Scene.visual)
        #expect(result.fetched.count == 4 && result.source == folder.path)
        var (one, other) = (stat(), stat())
        stat(folder.path + "/clip/ViT/visual/model.onnx", &one)
        stat(scene.model.path + "/visual/model.onnx", &other)
        #expect(one.st_ino == other.st_ino)
        try await library.remove(Scene.home)
        #expect(Scene.files(in: folder).count == 4)
        #expect(!FileManager.default.fileExists(atPath: scene.model.path))
    }

    @Test func aFoldersLinksOutOfTheModelAreNotFollowed() async throws {
        let scene = try Scene([])
        let folder = scene.beside.appending(path: "source", directoryHint: .isDirectory)
        for (path, bytes) in Self.files {
            try Scene.put(bytes, at: folder.appending(path: "clip/ViT/\(path)"))
        }
        try Scene.put(Array("secret".utf8), at: scene.beside.appending(path: "secret"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/clip/ViT/visual/stolen",
            withDestinationPath: scene.beside.path + "/secret")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/clip/ViT/visual/inside", withDestinationPath: "model.onnx")
        try await scene.library(["FOVEA_MODEL_SOURCES": folder.path]).pull(Scene.visual)
        #expect(scene.contents("visual/stolen") == nil)
        #expect(scene.contents("visual/inside") == Self.graph)
    }

    @Test func aFoldersChecksumsAreVerified() async throws {
        let scene = try Scene([])
        let folder = scene.beside.appending(path: "source", directoryHint: .isDirectory)
        var files = Self.files.merging(["SHA256SUMS": Self.sums(Self.files)]) { $1 }
        files["visual/model.onnx"]?[5] ^= 1
        for (path, bytes) in files { try Scene.put(bytes, at: folder.appending(path: "clip/ViT/\(path)")) }
        let library = try scene.library(["FOVEA_MODEL_SOURCES": folder.path])
        #expect(await message { try await library.pull(Scene.visual) }.contains("not the file"))
        #expect(Scene.files(in: scene.model) == [])
        #expect(Scene.files(in: folder).count == 5)
    }
}
