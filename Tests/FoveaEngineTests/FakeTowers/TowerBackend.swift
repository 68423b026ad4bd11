import FoveaBackends
import FoveaCore
import Foundation

/// Opens any file as a CLIP tower that answers [0.6, 0.8], and keeps a journal:
/// `open a`, `run a`, `release a`, `trim`.
struct TowerBackend: Backend {
    let journal: Journal
    let gates: Gates
    let description = "Fake engine"

    func open(_ model: URL) async throws -> any ModelSession {
        // <cache>/clip/<name>/<type>/model.onnx
        let parts = model.pathComponents
        let (name, type) = (parts[parts.count - 3], parts[parts.count - 2])
        journal.add("open \(name)")
        await gates.pass("open \(name)")
        guard name != "broken" else { throw FoveaError(.modelInvalid, "The file is no model.") }
        return TowerSession(name: name, isText: type == "textual", journal: journal, gates: gates)
    }

    func trimMemory() { journal.add("trim") }
}

/// Says in the journal when the last reference to it is gone.
private final class TowerSession: ModelSession {
    let name: String
    let inputs: [TensorInfo]
    let outputs = [TensorInfo(name: "embedding", elementType: .float32, shape: [1, 2])]
    let metadata: [String: String] = [:]
    let placement = Placement.cpu
    private let journal: Journal
    private let gates: Gates

    init(name: String, isText: Bool, journal: Journal, gates: Gates) {
        self.name = name
        self.journal = journal
        self.gates = gates
        inputs = [
            isText
                ? TensorInfo(name: "text", elementType: .int32, shape: [1, 4])
                : TensorInfo(name: "image", elementType: .float32, shape: [nil, 3, 8, 8])
        ]
    }

    deinit { journal.add("release \(name)") }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        journal.add("run \(name) with priority \(WorkPriority.current)")
        await gates.pass("run \(name)")
        try Task.checkCancellation()
        return [Tensor(shape: [1, 2], [Float(0.6), 0.8])]
    }
}
