import FoveaCore
import FoveaHub
import FoveaModels
import FoveaTesting
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct PullTests {
    @Test func aPartAppearsWithWhatItNeeds() async throws {
        let scene = try Scene()
        let told = Recorder<PullProgress>()
        let result = try await scene.library().pull(Scene.visual) { told.record($0) }
        let repository = HubDouble.Repository.model()
        let wanted = [
            "config.json", "visual/model.onnx", "visual/model.onnx.data", "visual/preprocess_cfg.json",
        ]
        #expect(Scene.files(in: scene.model) == wanted)
        for path in wanted { #expect(scene.contents(path) == repository.bytes(of: path), "\(path)") }
        #expect(result.fetched.last == "visual/model.onnx" && result.fetched.sorted() == wanted)
        #expect(Scene.files(in: scene.records) == ["manifest.json"])
        #expect(try ModelStore(folder: scene.cache).locate(Scene.visual).home.path == scene.model.path)
        #expect(told.all.first?.phase == .asking && told.all.last?.phase == .downloading)
        #expect(told.all.last.map { $0.bytes == $0.total && $0.total == result.byteCount } == true)
        let manifest = try #require(try scene.library().manifest(of: Scene.home))
        #expect(manifest.files["visual/model.onnx"]?.commit == repository.commit)
        #expect(manifest.files["visual/model.onnx"]?.byteCount == 500_000)
        #expect(
            manifest.files["visual/model.onnx"]?.sha256
                == repository.files.first {
                    $0.path == "visual/model.onnx"
                }?.sha256)
    }

    @Test func whatIsThereIsNotAskedForAgain() async throws {
        let scene = try Scene()
        try await scene.library().pull(Scene.visual)
        let (asked, sent) = (scene.hub.server.requests.count, scene.hub.files.requests.count)
        #expect(try await scene.library(["HF_HUB_OFFLINE": "1"]).pull(Scene.visual).fetched == [])
        #expect(scene.hub.server.requests.count == asked)
        // The rest of the model needs nothing of the first part again.
        let rest = try await scene.library().pull(Scene.home, .all)
        #expect(
            rest.fetched.sorted() == [
                "README.md", "textual/model.onnx", "textual/tokenizer.json", "textual/tokenizer_config.json",
            ])
        #expect(scene.hub.files.requests.count == sent + 1)
        #expect(scene.hub.downloads(of: "config.json") == 1)
    }

    @Test func revisionsHaveFoldersOfTheirOwn() async throws {
        var repository = HubDouble.Repository.model()
        repository.revisions = ["main", "v2"]
        let scene = try Scene([repository])
        try await scene.library(revision: "v2").pull(Scene.visual)
        let there = Scene.files(in: scene.cache)
        #expect(there.contains("clip/ViT/v2/visual/model.onnx"))
        #expect(there.contains("fovea/models/clip/ViT/v2/manifest.json"))
        #expect(!there.contains { $0.hasPrefix("clip/ViT/visual") })
    }

    @Test func formatsAreAdded() async throws {
        let scene = try Scene()
        try await scene.library(formats: ModelFormats(armNN: true, rknnChips: ["rk3588"])).pull(Scene.visual)
        #expect(scene.contents("visual/model.armnn") != nil)
        #expect(scene.contents("visual/rknpu/rk3588/model.rknn") != nil)
    }

    @Test func filesOfOthersAreLeftAlone() async throws {
        let scene = try Scene()
        let right = try #require(HubDouble.Repository.model().bytes(of: "visual/model.onnx.data"))
        try scene.put("visual/preprocess_cfg.json", Array("mine".utf8))
        try scene.put("visual/model.onnx.data", right)
        let result = try await scene.library().pull(Scene.visual)
        #expect(result.left == ["visual/preprocess_cfg.json"])
        #expect(result.kept == ["visual/model.onnx.data"])
        #expect(scene.contents("visual/preprocess_cfg.json") == Array("mine".utf8))
        // Neither is ours.
        let manifest = try #require(try scene.library().manifest(of: Scene.home))
        #expect(manifest.files.keys.sorted() == ["config.json", "visual/model.onnx"])
    }

    @Test func languagesShareADetector() async throws {
        let files = [
            HubDouble.File("detection/model.onnx", [1, 2, 3], isLarge: true),
            HubDouble.File("recognition/model.onnx", [4, 5], isLarge: true),
        ]
        let scene = try Scene([.init("immich-app/PP-OCRv5_mobile", files)])
        scene.hub.replace([
            {
                var repository = HubDouble.Repository("immich-app/PP-OCRv5_mobile", files)
                repository.revisions = ["v2"]
                return repository
            }()
        ])
        try await scene.library(revision: "v2").pull(ModelID(.ocr, .detection, name: "EN__PP-OCRv5_mobile"))
        #expect(Scene.files(in: scene.cache).contains("ocr/PP-OCRv5_mobile/v2/detection/model.onnx"))
    }

    /// The sums are of files that are not here, so nothing that comes can be right.
    @Test func ppocrComesFromItsOwnSourceAndIsVerified() async throws {
        let scene = try Scene([])
        let server = TestServer { request, _ in .file([1, 2, 3], etag: "\"x\"", for: request) }
        defer { server.stop() }
        let library = try scene.library(["FOVEA_PPOCR_ENDPOINT": server.base])
        let id = ModelID(.ocr, .detection, name: "EN__PP-OCRv5_mobile")
        let text = await message { try await library.pull(id) }
        #expect(server.requests.first?.plainPath == "/v3.8.0/onnx/PP-OCRv5/det/ch_PP-OCRv5_det_mobile.onnx")
        #expect(
            text.contains("4d97c44a20d30a81aad087d6a396b08f786c4635742afc391f6621f5c6ae78ae")
                || text.contains("another file"))
        #expect(!Scene.files(in: scene.cache).contains { $0.hasPrefix("ocr/") })
        #expect(scene.hub.server.requests.isEmpty)
    }

    @Test func aNewVersionReplacesOnlyWhatIsOurs() async throws {
        let scene = try Scene()
        try await scene.library().pull(Scene.visual)
        scene.hub.replace([.model(seed: 2)])
        try scene.put("config.json", Array("mine".utf8))
        let result = try await scene.library().pull(Scene.home, .all)
        #expect(result.left == ["config.json"])
        #expect(scene.contents("config.json") == Array("mine".utf8))
        #expect(
            scene.contents("visual/model.onnx")
                == HubDouble.Repository.model(seed: 2).bytes(of: "visual/model.onnx"))
    }
}
