import FoveaBackends
import FoveaCore
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

/// Files that are no models: each is named, none brings the engine down.
@Suite struct ModelFileTests {
    private let model = ONNXModel(
        inputs: [.init("x", .float32, [64])], outputs: [.init("y", .float32, [64])],
        nodes: [.init("Add", ["x", "b"], ["y"])],
        initializers: ["b": Tensor(shape: [64], [Float](repeating: 1, count: 64))])

    private func check(_ bytes: [UInt8]?, _ complaint: String = "cannot be loaded") async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "model.onnx")
            if let bytes { try Data(bytes).write(to: file) }
            let backend = try Engine.backend()
            let error = try await #require(throws: FoveaError.self) { try await backend.open(file) }
            #expect(error.code == .modelInvalid)
            #expect(error.message.contains(file.path(percentEncoded: false)))
            #expect(error.message.contains(complaint), "\(error.message)")
        }
    }

    @Test func aMissingFile() async throws {
        try await check(nil, "there is no such file")
    }

    @Test func aFolder() async throws {
        let error = try await #require(throws: FoveaError.self) {
            try await Engine.backend().open(FileManager.default.temporaryDirectory)
        }
        #expect(error.code == .modelInvalid)
        #expect(error.message.contains("it is a folder"))
    }

    @Test func anEmptyFile() async throws {
        try await check([])
    }

    @Test func garbage() async throws {
        try await check([UInt8]("<html>404: no such model</html>".utf8))
        try await check([UInt8](repeating: 0xFF, count: 4096))
    }

    @Test func aTruncatedModel() async throws {
        let whole = model.encoded()
        for length in [1, whole.count / 2, whole.count - 1] {
            try await check(Array(whole.prefix(length)))
        }
    }

    @Test func anUnknownOperator() async throws {
        var unknown = model
        unknown.graph.nodes = [.init("NoSuchOperator", ["x"], ["y"])]
        try await check(unknown.encoded(), "NoSuchOperator")
    }

    @Test func weightsThatAreNotThere() async throws {
        var broken = model
        broken.graph.initializers = [:]
        try await check(broken.encoded())
    }

    @Test func aNameOutsideASCII() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "Modell für Ämter %20.onnx")
            try model.write(to: file)
            #expect(try await Engine.backend().open(file).inputs.count == 1)
        }
    }
}
