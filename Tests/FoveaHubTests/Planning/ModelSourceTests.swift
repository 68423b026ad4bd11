import FoveaCore
import FoveaHub
import Foundation
import Testing

struct ModelSourceTests {
    @Test func sourcesAreReadInOrder() throws {
        let list = try ModelSource.list(
            " https://mirror.example/models/ , /mnt/models,HUB, file:///srv/m%20x ")
        #expect(
            list == [
                .mirror("https://mirror.example/models"),
                .folder(URL(filePath: "/mnt/models", directoryHint: .isDirectory)), .hub,
                .folder(URL(filePath: "/srv/m x", directoryHint: .isDirectory)),
            ])
    }

    @Test(arguments: ["", "  ", ","]) func nothingMeansTheHub(text: String) throws {
        #expect(try ModelSource.list(text) == [.hub])
    }

    @Test(arguments: [
        "models", "./models", "ftp://mirror.example", "https://", "https://m.example/?a=b", "hub,nonsense",
        "file://other.host/models",
    ]) func whatIsNoSourceIsNamed(text: String) {
        let error = #expect(throws: FoveaError.self) { try ModelSource.list(text) }
        #expect(error?.code == .invalidSetting)
        #expect(error?.message.contains("FOVEA_MODEL_SOURCES") == true)
    }

    @Test func passwordsAreNotShown() throws {
        let source = try ModelSource.list("https://user:secret@mirror.example/m")[0]
        #expect("\(source)" == "https://mirror.example/m")
    }

    @Test func theTokenIsFoundWhereTheHubsToolsPutIt() throws {
        let folder = try TemporaryFolder()
        try Scene.put(Array("hf_file\n".utf8), at: folder.url.appending(path: "token"))
        try Scene.put(Array("hf_xdg\n".utf8), at: folder.url.appending(path: "huggingface/token"))
        func token(_ variables: [String: String]) throws -> String? {
            try HubSettings(cache: folder.url, variables: variables).token
        }
        #expect(try token(["HF_TOKEN": "hf_a", "HF_HOME": folder.url.path]) == "hf_a")
        #expect(try token(["HF_HOME": folder.url.path]) == "hf_file")
        #expect(try token(["HF_TOKEN_PATH": folder.url.appending(path: "token").path]) == "hf_file")
        #expect(try token(["XDG_CACHE_HOME": folder.url.path]) == "hf_xdg")
        #expect(try token(["HF_HOME": "/nowhere"]) == nil)
        #expect(throws: FoveaError.self) { try token(["HF_TOKEN": "hf_a\r\nx: y"]) }
    }

    @Test func offlineIsSpelledAsTheHubSpellsIt() throws {
        for text in ["1", "ON", "yes", "TRUE"] {
            #expect(
                try HubSettings(cache: .temporaryDirectory, variables: ["HF_HUB_OFFLINE": text]).isOffline)
        }
        #expect(try !HubSettings(cache: .temporaryDirectory, variables: ["HF_HUB_OFFLINE": "0"]).isOffline)
        #expect(throws: FoveaError.self) {
            try HubSettings(cache: .temporaryDirectory, variables: ["HF_ENDPOINT": "huggingface.co"])
        }
    }

    @Test(arguments: [
        (["HOME": "/h"], "/h/.cache/fovea/demo-models"),
        (["HOME": "/h", "XDG_CACHE_HOME": "/c"], "/c/fovea/demo-models"),
    ])
    func theDemoPackIsWhereSetUpBuildsIt(variables: [String: String], path: String) throws {
        let settings = try HubSettings(
            cache: URL(filePath: "/m"),
            variables: variables.merging(["FOVEA_MODEL_SOURCES": "demo,hub"]) { $1 })
        #expect(settings.sources.map(\.description) == [path, "the model hub"])
    }
}
