import FoveaCore
import Foundation
import RKNNBackend
import Testing

/// Files that are no models, and where models are.
@Suite(.needsCompiler) struct ModelFileTests {
    private func check(_ bytes: [UInt8]?, _ complaint: String) async throws {
        try await withStub { stub in
            let file = stub.folder.appending(path: "model.rknn")
            if let bytes { try Data(bytes).write(to: file) }
            let error = try await #require(throws: FoveaError.self) { try await stub.backend().open(file) }
            #expect(error.code == .modelInvalid)
            #expect(error.message.contains(file.path))
            #expect(error.message.contains(complaint), "\(error.message)")
        }
    }

    @Test func aMissingFile() async throws { try await check(nil, "there is no such file") }

    @Test func anEmptyFile() async throws { try await check([], "it is empty") }

    @Test func garbage() async throws {
        try await check([UInt8]("<html>404</html>".utf8), "RKNN_ERR_MODEL_INVALID (-6)")
        try await check([UInt8](repeating: 0xFF, count: 4096), "RKNN_ERR_MODEL_INVALID (-6)")
    }

    @Test func aFolder() async throws {
        try await withStub { stub in
            let error = try await #require(throws: FoveaError.self) {
                try await stub.backend().open(stub.folder)
            }
            #expect(error.code == .modelInvalid)
            #expect(error.message.contains("it is a folder"))
        }
    }

    @Test func theLayoutIsImmichs() {
        let folder = URL(filePath: "/cache/ocr/PP-OCRv5_mobile/detection")
        #expect(
            RKNNModelFile.path(in: folder, soc: .rk3588).path
                == "/cache/ocr/PP-OCRv5_mobile/detection/rknpu/rk3588/model.rknn")
        #expect(
            RKNNModelFile.path(in: folder, soc: .rk3566, ocrShortSide: 736).path
                == "/cache/ocr/PP-OCRv5_mobile/detection/rknpu/rk3566/res736/model.rknn")
    }

    @Test func aBackendTakesWhatItsChipRuns() async throws {
        try await withStub { stub in
            func add(_ path: String) throws -> URL {
                let file = stub.folder.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data([1]).write(to: file)
                return file
            }
            let backend = try stub.backend(soc: .rk3576)
            _ = try add("rknpu/rk3588/model.rknn")
            _ = try add("rknpu/rk3576/res960/model.rknn")
            _ = try add("model.onnx")
            #expect(backend.file(in: stub.folder) == nil)
            let sized = try add("rknpu/rk3576/res736/model.rknn")
            #expect(backend.file(in: stub.folder)?.path == sized.path)
            let plain = try add("rknpu/rk3576/model.rknn")
            #expect(backend.file(in: stub.folder)?.path == plain.path)
        }
    }

    @Test func whatPeopleLookForIsLogged() async throws {
        try await withStub { stub in
            let (lines, log) = AsyncStream.makeStream(of: String.self)
            let model = try stub.model("input x UNDEFINED fp16 - 1,4", "output y UNDEFINED fp16 - 1,4")
            _ = try await stub.backend(threads: 2) { log.yield($0) }.open(model)
            log.finish()
            #expect(
                await lines.reduce(into: []) { $0.append($1) } == [
                    "Loading RKNN model from \(model.path) with 2 threads.",
                    "Loaded RKNN model from \(model.path) with 2 threads.",
                ])
        }
    }
}
