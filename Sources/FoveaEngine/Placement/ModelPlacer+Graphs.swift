import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaModels
import Foundation
import Logging

extension ModelPlacer {
    /// What is opened of a model.
    struct Graph: Sendable {
        var file: URL
        /// What was done to it, where it is a copy.
        var rewrite: GraphRewrite?
        /// Keeps the copy, beside which engines keep what they compile of it.
        var use: FolderUse?
    }

    /// The graph to open: a rewritten copy where that serves a device better.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` where the model has no file for
    ///   the candidate.
    func graph(of model: InstalledModel, for candidate: Candidate, by backend: any Backend) async throws
        -> Graph
    {
        if candidate == .quantized { return try await quantizedGraph(of: model) }
        guard let file = backend.file(in: model.folder) ?? (candidate == .reference ? model.graph : nil)
        else {
            throw FoveaError(.modelInvalid, "Model \(model.id) has no file for \(candidate).")
        }
        // Other engines have files of their own, which nothing here can read.
        guard let folder = devices.graphFolder, candidate != .reference, file.path == model.graph.path,
            let rewrite = rewrite(for: model.id, on: candidate, backend.shapes),
            try await !isRefused(rewrite, model, candidate, backend)
        else { return Graph(file: file) }
        let fingerprint = try await fingerprint(of: model)
        guard plainGraphs[model.id] != fingerprint else { return Graph(file: file) }
        let copy = try await pool.run(.load) {
            GraphCopies(folder: folder).copy(
                of: file, named: model.id.description, fingerprint: fingerprint, rewrite)
        }
        switch copy {
        case .file(let copy):
            return Graph(file: copy, rewrite: rewrite, use: FolderUse(copy.deletingLastPathComponent()))
        case .none(let reason):
            plainGraphs[model.id] = fingerprint
            logger.info("Model \(model.id) runs with its graph as it is: \(reason)")
            return Graph(file: file)
        }
    }

    /// Text detectors are told where on its canvas a picture is, where pictures
    /// share few canvases, so that the padding beside them changes nothing.
    /// Others take several pictures or texts at once where that gains something.
    private func rewrite(for id: ModelID, on candidate: Candidate, _ shapes: ShapeSupport) -> GraphRewrite? {
        if id.task == .ocr { return id.type == .detection && shapes == .few ? .mask : nil }
        return candidate.device.isProcessor || loader.sharedBatchSize == 1 ? nil : .batch
    }

    /// Whether a device was found not to run a rewritten graph, in this process
    /// or before.
    private func isRefused(
        _ rewrite: GraphRewrite, _ model: InstalledModel, _ candidate: Candidate, _ backend: any Backend
    ) async throws -> Bool {
        if asItIs.contains(Trial(model: model.id, candidate: candidate)) { return true }
        let key = try await proofKey(model, candidate, backend, rewrite)
        return proofs.proof(for: key)?.passed == false || proofs.attempts(for: key) >= 2
    }
}
