import FoveaBackends
import FoveaCore
import FoveaEngine
import FoveaModels
import FoveaServer
import FoveaTesting
import FoveaWorker
import Foundation
import Logging
import Testing

/// An engine behind the service protocol.
@Suite struct EngineServiceTests {
    /// A service whose only model, `m`, sees [0.5, -0.25] in every picture.
    private func withService(_ body: (EngineService) async throws -> Void) async throws {
        let cache = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: cache) }
        let folder = cache.appending(path: "clip/m/visual")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: folder.appending(component: "model.onnx"))
        try Data(#"{"size": [8, 8], "mean": [0, 0, 0], "std": [1, 1, 1]}"#.utf8)
            .write(to: folder.appending(component: "preprocess_cfg.json"))
        let session = FakeSession(
            inputs: [TensorInfo(name: "image", elementType: .float32, shape: [nil, 3, 8, 8])],
            outputs: [TensorInfo(name: "embedding", elementType: .float32, shape: [1, 2])]
        ) { _ in [Tensor(shape: [1, 2], [Float(0.5), -0.25])] }
        let engine = Engine(
            store: ModelStore(folder: cache), backend: FakeBackend { _ in session },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await body(EngineService(engine: engine))
    }

    private func call(_ payload: PredictionRequest.Payload, model: String = "m") -> PredictionCall {
        PredictionCall(
            request: PredictionRequest(payload: payload, steps: [.clipVisual(model: model)]), entries: [])
    }

    /// One white pixel: a bitmap's file header, BITMAPINFOHEADER, and a row of
    /// blue, green, red and a byte of padding.
    private static let picture: [UInt8] =
        [0x42, 0x4D, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0]
        + [40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0] + [UInt8](repeating: 0, count: 24)
        + [255, 255, 255, 0]

    @Test func theAnswerIsTheContracts() async throws {
        try await withService { service in
            let reply = try await service.predict(call(.image(Self.picture)))
            #expect(
                String(decoding: reply.json, as: UTF8.self)
                    == #"{"clip":"[0.5,-0.25]","imageHeight":1,"imageWidth":1}"#)
            #expect(
                reply.report.runs == [
                    .init(model: ModelID(.clip, .visual, name: "m"), placement: .cpu, batch: 1, count: 1)
                ])
            #expect(reply.report.durations[.decode] != nil)
            #expect(service.isAvailable)
            #expect(await service.page("/health") == nil, "That is the gateway's")
        }
    }

    @Test func errorsSayWhatTheEngineSays() async throws {
        try await withService { service in
            for (call, code) in [
                (call(.image(Self.picture), model: "none"), FoveaError.Code.modelNotFound),
                (call(.image([1, 2, 3])), .undecodablePicture), (call(.text("a")), .invalidRequest),
            ] {
                let error = await #expect(throws: FoveaError.self) { try await service.predict(call) }
                #expect(error?.code == code)
            }
        }
    }
}
