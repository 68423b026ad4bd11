import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaModels
import FoveaTasks
import FoveaTokenizers
import Foundation
import Logging

/// Turns a model's files into a model in memory, on one device.
struct ModelLoader: Sendable {
    let pool: BlockingPool
    let calls: NativeCalls
    let faceBatchSize: Int
    let textBatchSize: Int
    /// Rows of different requests that share a run, at most.
    let sharedBatchSize: Int
    let logger: Logger

    /// How to open a model's graph.
    struct Opening: Sendable {
        var backend: any Backend
        /// The graph's file, which is the backend's own where it has one.
        var file: URL
        /// Whether it may take minutes, because the graph is compiled.
        var compiles = false
        /// Whether requests share runs: where a device does more at once than a
        /// single one keeps busy. Measured on a processor, they gain nothing.
        var sharesRuns = false
        /// The device that the model should run on, where it is another.
        var wanted: Device?
        /// What a new shape is taken to cost, where that is not left to the
        /// session.
        var shapes: ShapeSupport?
        /// What the graph itself says it is computed in, where the session cannot
        /// know.
        var precision: Precision?
    }

    /// - Throws: what the backend and the model's family throw.
    func load(_ model: InstalledModel, _ opening: Opening) async throws -> OpenedModel {
        switch (model.id.task, model.id.type) {
        case (.clip, .textual): try await textEncoder(model, opening)
        case (.clip, _): try await imageEncoder(model, opening)
        case (.facialRecognition, .recognition):
            try await open(model, opening) { session in
                .faceRecognizer(
                    try FaceRecognizer(session: session, pool: pool, maxBatchSize: faceBatchSize))
            }
        case (.facialRecognition, _):
            try await open(model, opening) { .faceDetector(try FaceDetector(session: $0, pool: pool)) }
        case (.ocr, .recognition): try await textRecognizer(model, opening)
        case (.ocr, _):
            try await open(model, opening) { .textDetector(try TextDetector(session: $0, pool: pool)) }
        }
    }

    /// Opens the graph and puts around it what the model's family needs.
    private func open(
        _ model: InstalledModel, _ opening: Opening, _ complete: (any ModelSession) throws -> LoadedModel
    ) async throws -> OpenedModel {
        let session = try await calls.noting("open \(model.id)", mayTakeLong: opening.compiles) {
            try await opening.backend.open(opening.file)
        }
        var placement = session.placement
        placement.wanted = opening.wanted?.description
        if let precision = opening.precision { placement.precision = precision.rawValue }
        let observed = ObservedSession(
            base: session, placement: placement, shapes: opening.shapes ?? session.shapes, model: model.id,
            calls: calls)
        let shared =
            opening.sharesRuns
            ? BatchedSession(
                observed, of: model.id, rules: batchRules(for: model.id, observed.shapes), pool: pool,
                logger: logger) : nil
        return OpenedModel(
            model: try complete(shared ?? observed), placement: placement, shapes: observed.shapes,
            operators: session.operators)
    }

    /// Text is not found in several pictures at once: their canvases differ, and
    /// a single one is work enough. What lines share a run is decided with their
    /// widths, and kept to where other numbers would have to be compiled.
    private func batchRules(for id: ModelID, _ shapes: ShapeSupport) -> BatchRules {
        switch (id.task, id.type, shapes) {
        case (.ocr, .detection, _): BatchRules(maxRows: 1)
        case (.ocr, _, .few): BatchRules(maxRows: textBatchSize, ladder: [1, textBatchSize])
        case (_, _, .few):
            BatchRules(maxRows: sharedBatchSize, ladder: BatchRules.ladder(upTo: sharedBatchSize))
        case (_, _, .any): BatchRules(maxRows: sharedBatchSize)
        }
    }

    private func imageEncoder(_ model: InstalledModel, _ opening: Opening) async throws -> OpenedModel {
        let preprocessing = try await pool.run(.load) {
            try ImagePreprocessing(json: model.read(.preprocessing))
        }
        return try await open(model, opening) { session in
            .imageEncoder(
                try CLIPImageEncoder(session: session, preprocessing: preprocessing, pool: pool))
        }
    }

    private func textEncoder(_ model: InstalledModel, _ opening: Opening) async throws -> OpenedModel {
        let (tokenizer, configuration) = try await pool.run(.load) {
            (
                try Tokenizer(contentsOf: model.url(of: .tokenizer)),
                try TextEncoderConfiguration(
                    modelConfiguration: model.read(.configuration),
                    tokenizerConfiguration: model.read(.tokenizerConfiguration))
            )
        }
        return try await open(model, opening) { session in
            .textEncoder(
                try CLIPTextEncoder(
                    session: session, tokenizer: tokenizer, configuration: configuration,
                    modelName: model.id.name, pool: pool, warn: { [logger] in logger.warning("\($0)") }))
        }
    }

    private func textRecognizer(_ model: InstalledModel, _ opening: Opening) async throws -> OpenedModel {
        let characters = try await pool.run(.load) {
            guard model.has(.charset) else { return nil as [String]? }
            return CTCAlphabet.lines(of: String(decoding: try model.read(.charset), as: UTF8.self))
        }
        return try await open(model, opening) { session in
            // What the graph says about itself counts more than what lies beside it.
            let characters = session.metadata["character"] == nil ? characters : nil
            return .textRecognizer(
                try TextRecognizer(
                    session: session, characters: characters, pool: pool, maxBatchSize: textBatchSize))
        }
    }
}

/// A model in memory, and where it is.
struct OpenedModel: Sendable {
    var model: LoadedModel
    var placement: Placement
    var shapes = ShapeSupport.any
    /// What was done to its graph, where it is a copy.
    var rewrite: GraphRewrite?
    /// Keeps that copy on disk.
    var copy: FolderUse?
    /// Operators that each execution provider took.
    var operators: [String: Int] = [:]
}
