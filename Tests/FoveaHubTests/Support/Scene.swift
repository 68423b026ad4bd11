import FoveaCore
import FoveaHub
import FoveaModels
import FoveaTesting
import Foundation
import Synchronization

/// A hub, a cache folder, and a library that gets models from the one into the other.
final class Scene: Sendable {
    let hub: HubDouble
    private let temporary: TemporaryFolder

    init(_ repositories: [HubDouble.Repository] = [.model()]) throws {
        hub = HubDouble(repositories)
        temporary = try TemporaryFolder()
    }

    deinit { hub.stop() }

    /// The cache folder. Beside it, tests put what they need.
    var cache: URL { temporary.url.appending(path: "cache", directoryHint: .isDirectory) }
    var beside: URL { temporary.url }

    /// - Parameter free: the room on the disk.
    func library(
        _ variables: [String: String] = [:], revision: String = "main", free: Int? = nil, now: Date? = nil,
        formats: ModelFormats = ModelFormats()
    ) throws -> ModelLibrary {
        let variables = ["HF_ENDPOINT": hub.endpoint, "HF_TOKEN_PATH": "/nowhere"].merging(variables) { $1 }
        let settings = try HubSettings(
            cache: cache, revision: revision, formats: formats, variables: variables)
        return ModelLibrary(
            settings, variables: [:], freeBytes: { _ in free }, now: { now ?? .now }, pause: { _ in })
    }

    static let visual = ModelID(.clip, .visual, name: "ViT")
    static let textual = ModelID(.clip, .textual, name: "ViT")
    static let home = ModelHome(.clip, name: "ViT")

    var model: URL { Self.home.folder(in: cache) }
    var records: URL { Self.home.records(in: cache) }

    func contents(_ path: String) -> [UInt8]? {
        (try? Data(contentsOf: model.appending(path: path))).map { [UInt8]($0) }
    }

    /// Puts a file into the model's folder, as a user does.
    func put(_ path: String, _ bytes: [UInt8]) throws { try Self.put(bytes, at: model.appending(path: path)) }

    static func put(_ bytes: [UInt8], at url: URL) throws {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// All files below a folder, by path, those of locks aside.
    static func files(in folder: URL) -> [String] {
        let walk = FileManager.default.enumerator(atPath: folder.path)
        return (walk?.compactMap { $0 as? String } ?? []).filter { path in
            var isFolder: ObjCBool = false
            let url = folder.appending(path: path)
            return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
                && !isFolder.boolValue
                && !path.hasSuffix(".lock") && !path.hasSuffix(".used")
        }.sorted()
    }
}

extension HubDouble.Repository {
    /// Bytes that differ from place to place: a linear congruential generator
    /// with the constants of "Numerical Recipes", 2nd edition, 7.1.
    static func bytes(_ count: Int, seed: UInt32) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
    }

    /// A CLIP model as Immich's account on the hub has them.
    static func model(
        _ id: String = "immich-app/ViT", seed: UInt32 = 1, access: HubDouble.Access = .open,
        extra: [HubDouble.File] = []
    ) -> Self {
        HubDouble.Repository(
            id,
            [
                HubDouble.File(".gitattributes", Array("*.onnx filter=lfs\n".utf8)),
                HubDouble.File("README.md", Array("# ViT\n".utf8)),
                HubDouble.File("config.json", Array("{\"embed_dim\": 512, \"seed\": \(seed)}".utf8)),
                HubDouble.File("textual/model.onnx", bytes(300_000, seed: seed + 10), isLarge: true),
                HubDouble.File("textual/tokenizer.json", Array("{\"version\": \"1.0\"}".utf8)),
                HubDouble.File("textual/tokenizer_config.json", Array("{\"pad_token\": \"!\"}".utf8)),
                HubDouble.File("visual/model.armnn", bytes(1000, seed: 3), isLarge: true),
                HubDouble.File("visual/model.onnx", bytes(500_000, seed: seed + 20), isLarge: true),
                HubDouble.File("visual/model.onnx.data", bytes(200_000, seed: seed + 30), isLarge: true),
                HubDouble.File("visual/preprocess_cfg.json", Array("{\"size\": 224}".utf8)),
                HubDouble.File("visual/rknpu/rk3588/model.rknn", bytes(1000, seed: 4), isLarge: true),
            ] + extra, access: access)
    }

    func bytes(of path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}

/// What was told, on whatever thread.
final class Recorder<Element: Sendable>: Sendable {
    private let recorded = Mutex<[Element]>([])
    var all: [Element] { recorded.withLock(\.self) }
    func record(_ element: Element) { recorded.withLock { $0.append(element) } }
}

/// The error of a call that has to fail, as text.
func message(_ body: () async throws -> some Any) async -> String {
    do {
        _ = try await body()
        return "(no error)"
    } catch {
        return "\(error)"
    }
}
