import FoveaBackends
import FoveaCore
import FoveaGraphs
import Foundation

/// A graph that is open, in a form that takes as many rows as are wanted.
struct BareGraph: Sendable {
    private static let pool = BlockingPool(name: "bench.graphs", width: 1)

    let session: any ModelSession
    /// Keeps the copy that is open, beside which engines keep what they compile.
    private let use: FolderUse?

    /// - Parameter copies: a folder for a copy that takes any number, where the
    ///   graph takes one.
    /// - Throws: ``FoveaError/Code/modelInvalid`` where there can be no such copy;
    ///   what opening does.
    init(_ model: URL, rows: Int, _ copies: URL, by backend: any Backend) async throws {
        if let session = try await Self.session(model, rows: rows, by: backend) {
            self.session = session
            use = nil
            return
        }
        // A part of a model is told by the folders that it is in: task, name and part.
        let name = model.pathComponents.suffix(4).joined(separator: "_")
        let copy = try await Self.pool.run {
            GraphCopies(folder: copies).copy(of: model, named: name, fingerprint: "0", .batch)
        }
        switch copy {
        case .file(let file):
            use = FolderUse(file.deletingLastPathComponent())
            session = try await backend.open(file)
        case .none(let reason):
            throw FoveaError(
                .modelInvalid,
                "The graph \(model.path) runs one row at a time (\(reason)): compare with a row a run.")
        }
    }

    /// - Returns: `nil` where the graph as it is takes one row and more are
    ///   wanted. It is closed by then, so that its memory is free.
    private static func session(
        _ model: URL, rows: Int, by backend: any Backend
    ) async throws -> (any ModelSession)? {
        let session = try await backend.open(model)
        let isFree = session.inputs.allSatisfy { $0.shape.first == .some(nil) }
        return rows == 1 || isFree ? session : nil
    }
}
