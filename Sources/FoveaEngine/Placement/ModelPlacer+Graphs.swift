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
    }

    /// The graph to open: a text detector's rewritten copy where pictures share
    /// few canvases, so that the padding beside them changes nothing.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` where the model has no file for
    ///   the candidate.
    func graph(of model: InstalledModel, for candidate: Candidate, by backend: any Backend) async throws
        -> Graph
    {
        guard let file = backend.file(in: model.folder) ?? (candidate == .reference ? model.graph : nil)
        else {
            throw FoveaError(.modelInvalid, "Model \(model.id) has no file for \(candidate).")
        }
        // Other engines have files of their own, which nothing here can read.
        guard let folder = devices.graphFolder, model.id.task == .ocr, model.id.type == .detection,
            candidate != .reference, backend.shapes == .few, file.path == model.graph.path
        else { return Graph(file: file) }
        guard try await !isRefused(.mask, model, candidate, backend) else { return Graph(file: file) }
        let fingerprint = try await fingerprint(of: model)
        guard plainGraphs[model.id] != fingerprint else { return Graph(file: file) }
        let copy = try await pool.run(.load) {
            GraphCopies(folder: folder).copy(
                of: file, named: model.id.description, fingerprint: fingerprint, .mask)
        }
        switch copy {
        case .file(let copy): return Graph(file: copy, rewrite: .mask)
        case .none(let reason):
            plainGraphs[model.id] = fingerprint
            logger.notice(
                "Model \(model.id) runs with padding that it notices, because of its graph: \(reason)")
            return Graph(file: file)
        }
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
