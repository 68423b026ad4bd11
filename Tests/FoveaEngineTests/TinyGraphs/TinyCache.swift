import FoveaCore
import FoveaEngine
import FoveaModels
import FoveaTesting
import Foundation
import Logging
import ONNXRuntimeBackend
import Testing

/// A cache folder with a few tiny models, laid out as Immich lays it out.
struct TinyCache {
    private(set) var files: [String: [UInt8]] = [:]

    /// A graph, and the small files beside it.
    mutating func add(_ id: ModelID, _ graph: ONNXModel, _ others: [String: String] = [:]) {
        let folder = "\(id.task.rawValue)/\(id.name)/\(id.type.rawValue)"
        files["\(folder)/model.onnx"] = graph.encoded()
        for (name, text) in others { files["\(folder)/\(name)"] = Array(text.utf8) }
    }

    /// A file of the model's folder, shared by its parts.
    mutating func addConfiguration(_ task: ModelTask, _ name: String, _ text: String) {
        files["\(task.rawValue)/\(name)/config.json"] = Array(text.utf8)
    }

    /// Writes the files, has an engine answer, and makes sure that nothing of
    /// the user's was touched.
    func answer(
        _ payload: PredictionRequest.Payload, _ steps: PredictionRequest.Step...,
        configuration: EngineConfiguration = EngineConfiguration(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) async throws -> Answer {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (path, bytes) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        let engine = Engine(
            store: ModelStore(folder: folder),
            backend: try ONNXRuntimeBackend(configuration: ONNXRuntimeConfiguration()),
            configuration: configuration, logger: logger)
        let result = await Result(catching: {
            try await engine.predict(PredictionRequest(payload: payload, steps: steps))
        })
        #expect(try Self.contents(of: folder) == files, "The cache folder was changed")
        let answers = try result.get().response.answers
        #expect(answers.count == 1)
        return try #require(answers.first).answer
    }

    private static func contents(of folder: URL) throws -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let file = folder.appending(path: path)
            let isFolder = try file.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true
            if !isFolder { contents[path] = [UInt8](try Data(contentsOf: file)) }
        }
        return contents
    }
}

extension Result where Failure == any Error {
    fileprivate init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

extension Answer {
    /// What the answer holds; `nil` where it is of another kind.
    var embedding: [Float]? { if case .embedding(let values) = self { values } else { nil } }
    var detectedFaces: [DetectedFace]? { if case .detectedFaces(let faces) = self { faces } else { nil } }
    var faces: [RecognizedFace]? { if case .faces(let faces) = self { faces } else { nil } }
    var detectedText: [DetectedText]? { if case .detectedText(let lines) = self { lines } else { nil } }
}
