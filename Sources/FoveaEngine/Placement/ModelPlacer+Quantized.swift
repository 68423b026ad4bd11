import FoveaCore
import FoveaGraphs
import FoveaModels
import Foundation

extension ModelPlacer {
    /// The quantised copy of a model's graph, made where it is not there.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` where there can be none, with
    ///   the reason.
    func quantizedGraph(of model: InstalledModel) async throws -> Graph {
        guard let folder = devices.graphFolder else {
            throw FoveaError(
                .modelInvalid, "Model \(model.id) is not quantised: there is no folder for copies.")
        }
        guard model.id.type != .detection else {
            throw FoveaError(
                .modelInvalid,
                "Model \(model.id) is not quantised: detectors are convolutions, which are slower in int8.")
        }
        let fingerprint = try await fingerprint(of: model)
        let copy = try await pool.run(.load) { [devices] in
            GraphCopies(folder: folder).copy(
                of: model.graph, named: model.id.description, fingerprint: fingerprint, devices.quantization)
        }
        switch copy {
        case .file(let copy):
            return Graph(
                file: copy, rewrite: devices.quantization,
                use: FolderUse(copy.deletingLastPathComponent()))
        case .none(let reason):
            throw FoveaError(.modelInvalid, "Model \(model.id) is not quantised: \(reason).")
        }
    }

    /// Notes how large the copy is, and the original.
    func weigh(_ proof: inout Proof, of model: InstalledModel) async throws {
        let copy = try await quantizedGraph(of: model).file
        (proof.graphBytes, proof.referenceGraphBytes) = try await pool.run {
            (try GraphFile.byteCount(copy), try GraphFile.byteCount(model.graph))
        }
    }

    /// Takes a copy off the disk that is not to be used.
    func removeQuantizedCopy(of model: InstalledModel) async {
        guard let folder = devices.graphFolder, let fingerprint = try? await fingerprint(of: model) else {
            return
        }
        try? await pool.run(.load) { [devices] in
            GraphCopies(folder: folder).remove(
                named: model.id.description, fingerprint: fingerprint, devices.quantization)
        }
    }
}
