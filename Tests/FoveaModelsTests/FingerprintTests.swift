import FoveaCore
import FoveaModels
import Foundation
import Testing

@Suite struct FingerprintTests {
    private func fingerprint(_ files: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let part = folder.appending(path: "clip/a/visual")
        try FileManager.default.createDirectory(at: part, withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: part.appending(path: name)) }
        return try ModelStore(folder: folder).locate(ModelID(.clip, .visual, name: "a")).fingerprint()
    }

    /// `printf 'model.onnx\nabc' | sha256sum`
    @Test func itIsTheHashOfNamesAndContents() throws {
        #expect(
            try fingerprint(["model.onnx": "abc"])
                == "7ee8cd6132d8c875b2419ba38fa8f3bf30d9cc2327817400fedd9d1938958519")
    }

    @Test func weightsBesideTheGraphCount() throws {
        #expect(
            try fingerprint(["model.onnx": "abc", "model.data": "1"])
                != fingerprint(["model.onnx": "abc", "model.data": "2"]))
    }

    @Test func whatEnginesWriteDoesNot() throws {
        #expect(
            try fingerprint(["model.onnx": "abc", "model.anncache": "kernels"])
                == fingerprint(["model.onnx": "abc"]))
    }
}
