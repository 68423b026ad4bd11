import FoveaCore
import FoveaHub
import FoveaModels
import FoveaTesting
import Foundation
import Testing

@Suite(.timeLimit(.minutes(2))) struct PullRefusalTests {
    @Test func anUnknownNameSaysWhereItWasLookedFor() async throws {
        let scene = try Scene()
        let error = await #expect(throws: FoveaError.self) {
            try await scene.library().pull(ModelID(.clip, .visual, name: "Vit"))
        }
        #expect(error?.code == .modelNotFound)
        #expect(
            error?.message.contains("immich-app/Vit at revision main on \(scene.hub.endpoint)") == true,
            "\(error?.message ?? "")")
        // Nothing is left of a name that anybody may have sent.
        #expect(!FileManager.default.fileExists(atPath: scene.cache.path))
    }

    @Test(arguments: ["", "...", "a b", "ä", String(repeating: "x", count: 300), "a\u{0}b", "-\n"])
    func namesOfNoRepositoryAreNotAskedFor(name: String) async throws {
        let scene = try Scene()
        await #expect(throws: FoveaError.self) {
            try await scene.library().pull(ModelID(.clip, .visual, name: name))
        }
        #expect(scene.hub.server.requests.isEmpty)
    }

    @Test func tokensAreAskedForAndGoToTheHubOnly() async throws {
        let scene = try Scene([.model(access: .gated(token: "hf_right"))])
        let text = await message { try await scene.library().pull(Scene.visual) }
        #expect(text.contains("401") && text.contains("HF_TOKEN") && text.contains("terms"))
        let wrong = await message { try await scene.library(["HF_TOKEN": "hf_wrong"]).pull(Scene.visual) }
        #expect(wrong.contains("403") && wrong.contains("HF_TOKEN"))
        try await scene.library(["HF_TOKEN": "hf_right"]).pull(Scene.visual)
        #expect(!scene.hub.leakedToken)
        #expect(scene.contents("visual/model.onnx")?.count == 500_000)
    }

    @Test func aHiddenModelIsToldFromNone() async throws {
        let scene = try Scene([.model(access: .hidden(token: "hf_right"))])
        #expect(await message { try await scene.library().pull(Scene.visual) }.contains("HF_TOKEN"))
        try await scene.library(["HF_TOKEN": "hf_right"]).pull(Scene.visual)
    }

    @Test func offlineAsksNobody() async throws {
        let scene = try Scene()
        let library = try scene.library([
            "HF_HUB_OFFLINE": "1", "FOVEA_MODEL_SOURCES": "hub,\(scene.hub.endpoint)/mirror",
        ])
        let text = await message { try await library.pull(Scene.visual) }
        #expect(text.contains("HF_HUB_OFFLINE"))
        #expect(scene.hub.server.requests.isEmpty)
    }

    @Test func noRoomIsSaidBeforeAnythingIsFetched() async throws {
        let scene = try Scene()
        let text = await message { try await scene.library(free: 600_000).pull(Scene.visual) }
        let needed = HubDouble.Repository.model().files.filter {
            ["config.json", "visual/model.onnx", "visual/model.onnx.data", "visual/preprocess_cfg.json"]
                .contains($0.path)
        }.reduce(0) { $0 + $1.bytes.count }
        #expect(text.contains("\(needed) bytes") && text.contains("600000 are free"))
        #expect(scene.hub.files.requests.isEmpty)
        try await scene.library(free: needed).pull(Scene.visual)
    }

    /// Names such as no honest hub has; see `ListingTests` for the others.
    @Test(arguments: ["../../../evil", "/tmp/fovea-evil", "visual/../../../evil", "a\\..\\evil", "visual"])
    func aHostileListIsRefusedAsAWhole(path: String) async throws {
        let scene = try Scene([.model(extra: [HubDouble.File(path, [1])])])
        let text = await message { try await scene.library().pull(Scene.visual) }
        #expect(text.contains("its list of files has"))
        #expect(scene.hub.files.requests.isEmpty)
        #expect(Scene.files(in: scene.beside) == [])
    }

    /// A path is no address: what looks encoded is meant as it stands.
    @Test func encodedDotsAreOnlyAName() async throws {
        let path = "visual/%2e%2e/%2e%2e/%2e%2e/%2e%2e/evil?x#y"
        let scene = try Scene([.model(extra: [HubDouble.File(path, [1])])])
        let told = await message { try await scene.library().pull(Scene.visual) }
        let files = Scene.files(in: scene.beside).filter { $0.contains("evil") }
        // Either it is refused, or it is in the model's folder under just that name.
        #expect(told != "(no error)" ? files == [] : files == ["cache/clip/ViT/\(path)"], "\(told)")
    }

    @Test func notesOfDownloadersAreNotTakenFromAHub() async throws {
        let extra = HubDouble.File(".cache/huggingface/download/visual/model.onnx.metadata", [1])
        let scene = try Scene([.model(extra: [extra])])
        try await scene.library().pull(Scene.home, .all)
        #expect(!Scene.files(in: scene.model).contains { $0.hasPrefix(".") })
    }

    @Test func aListWithoutAnEndIsGivenUp() async throws {
        let scene = try Scene()
        scene.hub.fail("/api/models/immich-app/ViT/revision/main", with: [.always(.endless)])
        let text = await message { try await scene.library().pull(Scene.visual) }
        #expect(text.contains("bytes"))
    }

    @Test(arguments: [HubDouble.Fault.endless, .corrupt(at: 1000)])
    func whatIsNotWhatWasAnnouncedIsNotPut(fault: HubDouble.Fault) async throws {
        let scene = try Scene()
        scene.hub.fail("visual/model.onnx", with: [.always(fault)])
        await #expect(throws: FoveaError.self) { try await scene.library().pull(Scene.visual) }
        #expect(scene.contents("visual/model.onnx") == nil)
        // Nor is anything else: a model changes only once all of it is there.
        #expect(Scene.files(in: scene.model) == [])
    }

    @Test func aWrongHashInTheListIsFound() async throws {
        var repository = HubDouble.Repository.model()
        for index in repository.files.indices where repository.files[index].path == "visual/model.onnx" {
            repository.files[index].announcedHash = String(repeating: "0", count: 64)
        }
        let scene = try Scene([repository])
        await #expect(throws: FoveaError.self) { try await scene.library().pull(Scene.visual) }
        #expect(Scene.files(in: scene.model) == [])
    }

    @Test func passingTroubleIsSatOut() async throws {
        let scene = try Scene()
        scene.hub.fail("visual/model.onnx", with: [.status(503), .cut(after: 1000), .busy(retryAfter: "1")])
        scene.hub.fail("/api/models/immich-app/ViT/revision/main", with: [.status(502)])
        try await scene.library().pull(Scene.visual)
        #expect(
            scene.contents("visual/model.onnx") == HubDouble.Repository.model().bytes(of: "visual/model.onnx")
        )
    }

    @Test func linksOutOfTheModelsFolderAreNotFollowed() async throws {
        let scene = try Scene()
        let outside = scene.beside.appending(path: "outside", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: scene.model, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: scene.model.appending(path: "visual"), withDestinationURL: outside)
        let text = await message { try await scene.library().pull(Scene.visual) }
        #expect(text.contains("leads out of the model's folder"))
        #expect(Scene.files(in: outside) == [])
    }

    /// The whole of a model may be elsewhere, because its user wants it there.
    @Test func theModelsFolderItselfMayBeALink() async throws {
        let scene = try Scene()
        let elsewhere = scene.beside.appending(path: "elsewhere", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            at: scene.model.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: scene.cache.path + "/clip/ViT", withDestinationPath: elsewhere.path)
        try await scene.library().pull(Scene.visual)
        #expect(Scene.files(in: elsewhere).contains("visual/model.onnx"))
    }
}
