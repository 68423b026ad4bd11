import FoveaCore
import FoveaModels
import Foundation
import Testing

@Suite struct ModelStoreTests {
    /// A cache folder of empty files, removed when the test ends.
    final class Cache {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")

        init(_ files: [String]) throws {
            for file in files {
                let url = folder.appending(path: file)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data("x".utf8).write(to: url)
            }
        }

        deinit { try? FileManager.default.removeItem(at: folder) }
    }

    @Test(arguments: [
        ("ViT-B-32__openai", "ViT-B-32__openai"),
        ("ViT-B-32::openai", "ViT-B-32__openai"),
        ("immich-app/ViT-B-32::openai", "ViT-B-32__openai"),
        ("../ViT.-B-32__openai", "ViT-B-32__openai"),
        ("..\\..\\etc", "__etc"),
        ("../..", ""),
        ("a/", ""),
        ("", ""),
    ])
    func namesAreCleaned(sent: String, expected: String) {
        #expect(ModelID.cleaned(sent) == expected)
    }

    @Test func findsAModelByAnySpellingOfItsName() throws {
        let cache = try Cache(["clip/ViT-B-32__openai/visual/model.onnx"])
        let store = ModelStore(folder: cache.folder)
        let model = try store.locate(ModelID(.clip, .visual, name: "immich-app/ViT-B-32::openai"))
        #expect(model.graph.path == cache.folder.path + "/clip/ViT-B-32__openai/visual/model.onnx")
        #expect(model.byteCount == 1)
    }

    @Test func aRevisionIsOneMoreFolder() throws {
        let cache = try Cache(["clip/m/v2/visual/model.onnx", "clip/m/v2/config.json"])
        let id = ModelID(.clip, .visual, name: "m")
        let model = try ModelStore(folder: cache.folder, revision: "v2").locate(id)
        #expect(model.graph.path.hasSuffix("clip/m/v2/visual/model.onnx"))
        #expect(model.has(.configuration))
        #expect(throws: FoveaError.self) { try ModelStore(folder: cache.folder).locate(id) }
    }

    @Test func aLanguageSharesTheDetectorButNotTheRecognizer() throws {
        let cache = try Cache([
            "ocr/PP-OCRv5_mobile/detection/model.onnx", "ocr/PP-OCRv5_mobile/recognition/model.onnx",
            "ocr/EN__PP-OCRv5_mobile/recognition/model.onnx",
        ])
        let store = ModelStore(folder: cache.folder)
        let detector = try store.locate(ModelID(.ocr, .detection, name: "EN__PP-OCRv5_mobile"))
        let recognizer = try store.locate(ModelID(.ocr, .recognition, name: "EN__PP-OCRv5_mobile"))
        #expect(detector.graph.path.hasSuffix("ocr/PP-OCRv5_mobile/detection/model.onnx"))
        #expect(recognizer.graph.path.hasSuffix("ocr/EN__PP-OCRv5_mobile/recognition/model.onnx"))
        #expect(throws: FoveaError.self) {
            try store.locate(ModelID(.ocr, .recognition, name: "TH__PP-OCRv5_mobile"))
        }
    }

    @Test func anUnknownModelIsNamedWithItsFolderAndTheNextStep() throws {
        let cache = try Cache(["clip/installed/textual/model.onnx"])
        let error = #expect(throws: FoveaError.self) {
            try ModelStore(folder: cache.folder).locate(ModelID(.clip, .textual, name: "absent"))
        }
        #expect(error?.code == .modelNotFound)
        let message = error?.message ?? ""
        #expect(message.contains("'absent'"))
        #expect(message.contains(cache.folder.path + "/clip/absent/textual/model.onnx"))
        #expect(message.contains("'installed'"))
    }

    @Test(arguments: ["", "..", "../..", "a\0b", String(repeating: "x", count: 100_000)])
    func namesThatAreNoFolderAreNotFound(name: String) throws {
        let cache = try Cache(["clip/m/visual/model.onnx"])
        let error = #expect(throws: FoveaError.self) {
            try ModelStore(folder: cache.folder).locate(ModelID(.clip, .visual, name: name))
        }
        #expect(error?.code == .modelNotFound)
    }

    @Test func listsWhatIsInstalledInOrder() throws {
        let cache = try Cache([
            "ocr/b/recognition/model.onnx", "clip/z/textual/model.onnx", "clip/a/visual/model.onnx",
            "clip/a/textual/model.onnx", "clip/unfinished/config.json", "matplotlib/fonts.json",
        ])
        let ids = try ModelStore(folder: cache.folder).installed().map(\.id.description)
        #expect(ids == ["clip/a/visual", "clip/a/textual", "clip/z/textual", "ocr/b/recognition"])
    }

    @Test func noCacheFolderHoldsNoModels() throws {
        #expect(try ModelStore(folder: URL(filePath: "/nonexistent/fovea")).installed().isEmpty)
    }

    @Test func aMissingFileIsNamed() throws {
        let cache = try Cache(["clip/m/textual/model.onnx"])
        let model = try ModelStore(folder: cache.folder).locate(ModelID(.clip, .textual, name: "m"))
        let error = #expect(throws: FoveaError.self) { try model.read(.tokenizer) }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains("/clip/m/textual/tokenizer.json") == true)
    }
}
