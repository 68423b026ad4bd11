import FoveaCore
import FoveaEngine
import FoveaModels
import Foundation
import ONNXRuntimeBackend
import Testing

/// What goes wrong is told, and harms neither the engine nor the user's files.
@Suite struct EngineErrorTests {
    private func engine(_ folder: URL = GoldenFixtures.demoModels) throws -> Engine {
        Engine(
            store: ModelStore(folder: folder),
            backend: try ONNXRuntimeBackend(configuration: ONNXRuntimeConfiguration()))
    }

    private func code(
        _ engine: Engine, _ payload: PredictionRequest.Payload, _ steps: PredictionRequest.Step...
    ) async -> FoveaError.Code? {
        do {
            _ = try await engine.predict(PredictionRequest(payload: payload, steps: steps))
            return nil
        } catch {
            return (error as? FoveaError)?.code
        }
    }

    @Test func aTextIsNotAPicture() async throws {
        let engine = try engine()
        #expect(await code(engine, .text("/etc/passwd"), .clipVisual(model: "demo-clip")) == .invalidRequest)
        #expect(await code(engine, .text("a"), .textDetection(model: "PP-OCRv5_mobile")) == .invalidRequest)
    }

    @Test func aPictureIsNotAText() async throws {
        let bytes = try GoldenFixtures.bytes(of: "shape-1x1.png")
        #expect(
            await code(try engine(), .image(bytes), .clipTextual(model: "demo-clip", language: nil))
                == .invalidRequest)
    }

    @Test func anUndecodablePictureIsTold() async throws {
        #expect(
            await code(try engine(), .image([1, 2, 3]), .clipVisual(model: "demo-clip"))
                == .undecodablePicture)
    }

    /// Its header is whole; the end is missing, which no embedding looks at.
    @Test func anIncompletePictureIsTold() async throws {
        let bytes = Array(try GoldenFixtures.bytes(of: "astronaut.jpg").dropLast(200))
        let engine = try engine()
        #expect(
            await code(engine, .image(bytes), .clipVisual(model: "demo-clip")) == .undecodablePicture)
        #expect(
            await code(engine, .image(bytes), .textDetection(model: "PP-OCRv5_mobile"))
                == .undecodablePicture)
    }

    @Test func anUnknownModelIsTold() async throws {
        #expect(
            await code(try engine(), .text("a"), .clipTextual(model: "no", language: nil)) == .modelNotFound)
    }

    @Test func recognitionNeedsDetection() async throws {
        let bytes = try GoldenFixtures.bytes(of: "shape-1x1.png")
        #expect(
            await code(try engine(), .image(bytes), .faceRecognition(model: "demo-faces")) == .invalidRequest)
    }

    @Test func aBrokenModelIsToldEveryTimeAndItsFilesStay() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let graph = folder.appending(path: "ocr/broken/detection/model.onnx")
        try FileManager.default.createDirectory(
            at: graph.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("no graph".utf8).write(to: graph)
        let engine = try engine(folder)
        let picture = PredictionRequest.Payload.image(try GoldenFixtures.bytes(of: "shape-narrow.png"))
        for _ in 1...2 {
            #expect(await code(engine, picture, .textDetection(model: "broken")) == .modelInvalid)
        }
        #expect(try Data(contentsOf: graph) == Data("no graph".utf8))
    }
}
