import FoveaBackends
import FoveaBench
import FoveaCore
import Foundation
import FoveaTesting
import ONNXRuntimeBackend
import Testing

/// Several rows a run, in ONNX Runtime on the processor.
@Suite struct BareGraphTests {
    private func withTemporaryFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private func write(rows: ONNXModel.Dimension, to folder: URL) throws -> URL {
        let model = ONNXModel(
            inputs: [.init("x", .float32, [rows, 2])], outputs: [.init("y", .float32, [rows, 2])],
            nodes: [.init("Relu", ["x"], ["y"])])
        let file = folder.appending(path: "model.onnx")
        try model.write(to: file)
        return file
    }

    private func engine(_ model: URL, _ copies: URL, recorder: RunRecorder) async throws -> BareEngine {
        let item = [RunRecorder.Run(model: model, inputs: [Tensor(shape: [1, 2], [Float(1), -1])])]
        return try await BareEngine(
            [item], Arrangement(sessions: 1, threads: 0, runs: 1, rows: 4), copies: copies
        ) { _, _ in RecordingBackend(try ONNXRuntimeBackend(), recorder: recorder) }
    }

    @Test func aGraphForOneIsCopiedAndTheCopyKept() async throws {
        try await withTemporaryFolder { folder in
            let (model, copies) = (try write(rows: 1, to: folder), folder.appending(path: "copies"))
            let recorder = RunRecorder()
            let runs = try await recorder.record {
                let engine = try await engine(model, copies, recorder: recorder)
                let names = try FileManager.default.contentsOfDirectory(atPath: copies.path)
                let copy = copies.appending(path: try #require(names.first))
                #expect(names.count == 1)
                #expect(!FolderUse.removeUnused(copy))
                let result = await engine.measure(leadIn: 0, seconds: 0.01, processorTime: { nil })
                #expect(result.failures == 0)
            }
            #expect(!runs.isEmpty && runs.allSatisfy { $0.inputs[0].shape == [4, 2] })
            #expect(runs.allSatisfy { $0.model.path.hasPrefix(copies.path) })
        }
    }

    @Test func aGraphForAnyNumberIsUsedAsItIs() async throws {
        try await withTemporaryFolder { folder in
            let (model, copies) = (try write(rows: "any", to: folder), folder.appending(path: "copies"))
            let recorder = RunRecorder()
            let runs = try await recorder.record { _ = try await engine(model, copies, recorder: recorder) }
            #expect(runs.map(\.model) == [model])
            #expect(!FileManager.default.fileExists(atPath: copies.path))
        }
    }

    @Test func aGraphThatCannotBeChangedSaysWhy() async throws {
        try await withTemporaryFolder { folder in
            let model = try write(rows: 2, to: folder)
            let error = await #expect(throws: FoveaError.self) {
                try await engine(model, folder.appending(path: "copies"), recorder: RunRecorder())
            }
            #expect(error?.code == .modelInvalid)
            #expect(error?.message.contains("it takes 2 at once") == true)
        }
    }

    /// The demo pack's model, which `make setup` provides.
    @Test func aRealModelRunsFourPicturesAtOnce() async throws {
        let environment = ProcessInfo.processInfo.environment
        let cache =
            environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
        let model = cache.appending(path: "fovea/demo-models/clip/demo-clip/visual/model.onnx")
        let shape = try await ONNXRuntimeBackend().open(model).inputs[0].shape.map { $0 ?? 1 }
        let pixels = Tensor(shape: shape, [Float](repeating: 0.5, count: shape.reduce(1, *)))
        try await withTemporaryFolder { folder in
            let recorder = RunRecorder()
            let engine = try await BareEngine(
                [[RunRecorder.Run(model: model, inputs: [pixels])]],
                Arrangement(sessions: 1, threads: 1, runs: 1, rows: 4), copies: folder
            ) { _, _ in RecordingBackend(try ONNXRuntimeBackend(), recorder: recorder) }
            let runs = await recorder.record {
                let result = await engine.measure(leadIn: 0, seconds: 0.01, processorTime: { nil })
                #expect(result.failures == 0 && result.perSecond > 0)
            }
            #expect(!runs.isEmpty && runs.allSatisfy { $0.inputs[0].shape == [4] + shape.dropFirst() })
        }
    }
}
