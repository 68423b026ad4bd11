import FoveaCore
import FoveaModels
import Foundation
import Testing

@Suite struct ModelDescriptionTests {
    private func read(_ json: String) throws -> ModelDescription {
        try ModelDescription(json: Array(json.utf8), file: URL(filePath: "/models/m/fovea-model.json"))
    }

    @Test func everythingMayBeSaid() throws {
        let description = try read(
            """
            { "title": "Our own", "license": "MIT", "languages": ["en", "pt-BR"], "dimensions": 512,
              "quality": { "measure": "recall", "percent": 71.5, "source": "our tests" },
              "text": { "contextLength": 64, "clean": "canonicalize" },
              "picture": { "size": 224, "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25],
                           "interpolation": "bicubic", "resizeMode": "squash" } }
            """)
        #expect(description.title == "Our own")
        #expect(description.license == "MIT")
        #expect(description.languages == ["en", "pt-BR"])
        #expect(description.dimensions == 512)
        #expect(description.quality == QualityFigure("recall", 71.5, source: "our tests"))
        #expect(description.text?.contextLength == 64)
        #expect(description.picture?.std == [0.25, 0.25, 0.25])
    }

    @Test func nothingHasToBeSaid() throws {
        #expect(try read("{}") == ModelDescription())
    }

    /// A file, and what its error has to name.
    @Test(arguments: [
        (#"{"dimensions": "512"}"#, "'dimensions'"), (#"{"dimensions": 0}"#, "1 to 65536"),
        (#"{"dimensions": 1.5}"#, "'dimensions'"), (#"{"dimensions": null}"#, "'dimensions'"),
        (#"{"licence": "MIT"}"#, "did you mean 'license'"), (#"{"colour": 1}"#, "known are title, license"),
        (#"{"languages": "en"}"#, "'languages'"), (#"{"languages": ["en", ""]}"#, "'languages'"),
        (#"{"quality": {"percent": 70, "source": "x"}}"#, "'quality.measure' is missing"),
        (#"{"quality": {"measure": "m", "percent": 101, "source": "x"}}"#, "'quality.percent'"),
        (#"{"text": {"clean": "lower"}}"#, "'text.clean'"),
        (#"{"text": {"context_length": 64}}"#, "did you mean 'contextLength'"),
        (#"{"picture": {"size": 224, "mean": [0.5], "std": [1, 1, 1]}}"#, "'picture.mean'"),
        (#"{"picture": {"size": 224, "mean": [0, 0, 0], "std": [1, 0, 1]}}"#, "'picture.std'"),
        (#"{"picture": {"size": 9000, "mean": [0, 0, 0], "std": [1, 1, 1]}}"#, "'picture.size'"),
        (#"{"picture": 1}"#, "'picture'"), ("[]", "is no object"), ("{", "is no JSON"), ("", "is no JSON"),
    ])
    func mistakesAreNamed(json: String, named: String) {
        let error = #expect(throws: FoveaError.self) { try read(json) }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains(named) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("/models/m/fovea-model.json") == true)
    }

    private func withModel(_ files: [String: String], _ body: (InstalledModel) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (path, text) in files.merging(
            ["visual/model.onnx": "x", "textual/model.onnx": "x"], uniquingKeysWith: { $1 })
        {
            let file = folder.appending(path: "clip/m/\(path)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try body(ModelStore(folder: folder).locate(ModelID(.clip, .visual, name: "m")))
    }

    private func object(_ bytes: [UInt8]) throws -> NSDictionary {
        try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? NSDictionary)
    }

    private static let both = """
        { "text": { "contextLength": 64, "clean": "canonicalize" },
          "picture": { "size": 224, "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25], "resizeMode": "squash" } }
        """

    /// open_clip's own keys, as its files have them.
    @Test func standsInForFilesThatAreAbsent() throws {
        try withModel(["fovea-model.json": Self.both]) { model in
            let configuration = try object(model.read(.configuration))
            #expect(
                configuration
                    == ["text_cfg": ["context_length": 64, "tokenizer_kwargs": ["clean": "canonicalize"]]])
            let preprocessing = try object(model.read(.preprocessing))
            #expect(
                preprocessing == [
                    "size": 224, "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25], "resize_mode": "squash",
                ])
            #expect(throws: FoveaError.self) { try model.read(.tokenizer) }
        }
    }

    @Test func filesThatAreThereCount() throws {
        let files = [
            "fovea-model.json": Self.both, "config.json": "own", "visual/preprocess_cfg.json": "own too",
        ]
        try withModel(files) { model in
            let configuration = try model.read(.configuration)
            let preprocessing = try model.read(.preprocessing)
            #expect(configuration == Array("own".utf8))
            #expect(preprocessing == Array("own too".utf8))
        }
    }

    @Test func whatItDoesNotSayIsStillMissing() throws {
        try withModel(["fovea-model.json": #"{"title": "m"}"#]) { model in
            let error = #expect(throws: FoveaError.self) { try model.read(.preprocessing) }
            #expect(error?.message.contains("preprocess_cfg.json cannot be read") == true)
        }
        try withModel([:]) { model in
            let description = try model.description()
            #expect(description == nil)
        }
    }

    @Test func aMistakeIsSaidWhereItMatters() throws {
        try withModel(["fovea-model.json": #"{"licence": "MIT"}"#]) { model in
            let error = #expect(throws: FoveaError.self) { try model.read(.preprocessing) }
            #expect(error?.message.contains("did you mean 'license'") == true)
        }
    }
}
