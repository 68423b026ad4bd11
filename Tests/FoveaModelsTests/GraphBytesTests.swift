import FoveaCore
import FoveaModels
import Foundation
import Testing

@Suite struct GraphBytesTests {
    @Test func onlyTheGraphAndItsWeightsCount() throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let sizes = [
            "model.onnx": 10, "model.onnx.data": 200, "weights/part": 3000, "model.armnn": 40_000,
            "tokenizer.json": 500_000,
        ]
        for (name, size) in sizes {
            let file = folder.appending(path: "clip/a/textual/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(count: size).write(to: file)
        }
        let store = ModelStore(folder: folder)
        #expect(try store.locate(ModelID(.clip, .textual, name: "a")).graphByteCount == 210)

        // As the cache of Hugging Face's own tools has it.
        let linked = folder.appending(path: "clip/b/textual/model.onnx")
        try FileManager.default.createDirectory(
            at: linked.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: linked, withDestinationURL: folder.appending(path: "clip/a/textual/model.onnx.data"))
        #expect(try store.locate(ModelID(.clip, .textual, name: "b")).graphByteCount == 200)
    }
}
