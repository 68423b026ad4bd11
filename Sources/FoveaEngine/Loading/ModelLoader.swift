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
    let faceBatchSize: Int
    let textBatchSize: Int
    let logger: Logger

    func load(_ model: InstalledModel) async throws -> LoadedModel {
        switch (model.id.task, model.id.type) {
        case (.clip, .textual): .textEncoder(try await textEncoder(model))
        case (.clip, _): .imageEncoder(try await imageEncoder(model))
        case (.facialRecognition, .recognition):
            .faceRecognizer(
                try FaceRecognizer(session: try await session(model), pool: pool, maxBatchSize: faceBatchSize)
            )
        case (.facialRecognition, _):
            .faceDetector(try FaceDetector(session: try await session(model), pool: pool))
        case (.ocr, .recognition): .textRecognizer(try await textRecognizer(model))
        case (.ocr, _): .textDetector(try TextDetector(session: try await session(model), pool: pool))
        }
    }

    private func session(_ model: InstalledModel) async throws -> any ModelSession {
        try await backend.open(model.graph)
    }

    private func imageEncoder(_ model: InstalledModel) async throws -> CLIPImageEncoder {
        let preprocessing = try await pool.run { try ImagePreprocessing(json: model.read(.preprocessing)) }
        return try CLIPImageEncoder(
            session: try await session(model), preprocessing: preprocessing, pool: pool)
    }

    private func textEncoder(_ model: InstalledModel) async throws -> CLIPTextEncoder {
        let (tokenizer, configuration) = try await pool.run {
            (
                try Tokenizer(contentsOf: model.url(of: .tokenizer)),
                try TextEncoderConfiguration(
                    modelConfiguration: model.read(.configuration),
                    tokenizerConfiguration: model.read(.tokenizerConfiguration))
            )
        }
        return try CLIPTextEncoder(
            session: try await session(model), tokenizer: tokenizer, configuration: configuration,
            modelName: model.id.name, pool: pool, warn: { [logger] in logger.warning("\($0)") })
    }

    private func textRecognizer(_ model: InstalledModel) async throws -> TextRecognizer {
        let session = try await session(model)
        var characters: [String]?
        if session.metadata["character"] == nil, model.has(.charset) {
            let charset = try await pool.run { try model.read(.charset) }
            characters = CTCAlphabet.lines(of: String(decoding: charset, as: UTF8.self))
        }
        return try TextRecognizer(
            session: session, characters: characters, pool: pool, maxBatchSize: textBatchSize)
    }
}
