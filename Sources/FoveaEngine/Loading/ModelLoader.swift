import FoveaBackends
import FoveaCore
import FoveaModels
import FoveaTasks
import FoveaTokenizers
import Logging

/// Turns a model's files into a model in memory.
struct ModelLoader: Sendable {
    let backend: any Backend
    let pool: BlockingPool
    let calls: NativeCalls
    let faceBatchSize: Int
    let textBatchSize: Int
    let logger: Logger

    func load(_ model: InstalledModel) async throws -> (LoadedModel, Placement) {
        switch (model.id.task, model.id.type) {
        case (.clip, .textual): try await textEncoder(model)
        case (.clip, _): try await imageEncoder(model)
        case (.facialRecognition, .recognition):
            try await open(model) { session in
                .faceRecognizer(
                    try FaceRecognizer(session: session, pool: pool, maxBatchSize: faceBatchSize))
            }
        case (.facialRecognition, _):
            try await open(model) { .faceDetector(try FaceDetector(session: $0, pool: pool)) }
        case (.ocr, .recognition): try await textRecognizer(model)
        case (.ocr, _):
            try await open(model) { .textDetector(try TextDetector(session: $0, pool: pool)) }
        }
    }

    /// Opens the graph and puts around it what the model's family needs.
    private func open(
        _ model: InstalledModel, _ complete: (any ModelSession) throws -> LoadedModel
    ) async throws -> (LoadedModel, Placement) {
        let session = try await calls.noting("open \(model.id)") { try await backend.open(model.graph) }
        let observed = ObservedSession(base: session, model: model.id, calls: calls)
        return (try complete(observed), session.placement)
    }

    private func imageEncoder(_ model: InstalledModel) async throws -> (LoadedModel, Placement) {
        let preprocessing = try await pool.run(.load) {
            try ImagePreprocessing(json: model.read(.preprocessing))
        }
        return try await open(model) { session in
            .imageEncoder(
                try CLIPImageEncoder(session: session, preprocessing: preprocessing, pool: pool))
        }
    }

    private func textEncoder(_ model: InstalledModel) async throws -> (LoadedModel, Placement) {
        let (tokenizer, configuration) = try await pool.run(.load) {
            (
                try Tokenizer(contentsOf: model.url(of: .tokenizer)),
                try TextEncoderConfiguration(
                    modelConfiguration: model.read(.configuration),
                    tokenizerConfiguration: model.read(.tokenizerConfiguration))
            )
        }
        return try await open(model) { session in
            .textEncoder(
                try CLIPTextEncoder(
                    session: session, tokenizer: tokenizer, configuration: configuration,
                    modelName: model.id.name, pool: pool, warn: { [logger] in logger.warning("\($0)") }))
        }
    }

    private func textRecognizer(_ model: InstalledModel) async throws -> (LoadedModel, Placement) {
        let characters = try await pool.run(.load) {
            guard model.has(.charset) else { return nil as [String]? }
            return CTCAlphabet.lines(of: String(decoding: try model.read(.charset), as: UTF8.self))
        }
        return try await open(model) { session in
            // What the graph says about itself counts more than what lies beside it.
            let characters = session.metadata["character"] == nil ? characters : nil
            return .textRecognizer(
                try TextRecognizer(
                    session: session, characters: characters, pool: pool, maxBatchSize: textBatchSize))
        }
    }
}
