package import FoveaBackends
package import FoveaCore
package import Foundation
import Synchronization

/// Remembers what graphs are given, so that an engine can be measured with
/// nothing around it.
package final class RunRecorder: Sendable {
    /// A run of a graph.
    package struct Run: Sendable {
        /// The graph's file.
        package var model: URL
        package var inputs: [Tensor]

        package init(model: URL, inputs: [Tensor]) {
            self.model = model
            self.inputs = inputs
        }
    }

    private let runs = Mutex<[Run]?>(nil)

    package init() {}

    /// The runs that happen meanwhile, in the order they began.
    package func record(_ body: () async throws -> Void) async rethrows -> [Run] {
        runs.withLock { $0 = [] }
        defer { runs.withLock { $0 = nil } }
        try await body()
        return runs.withLock { $0 ?? [] }
    }

    fileprivate func add(_ run: Run) { runs.withLock { $0?.append(run) } }
}

/// A backend that tells a recorder of each run.
package struct RecordingBackend: Backend {
    private let backend: any Backend
    private let recorder: RunRecorder
    package let shapes: ShapeSupport

    /// - Parameter shapes: what new shapes cost the device that the runs are
    ///   recorded for: it decides which ones a graph is given.
    package init(_ backend: any Backend, recorder: RunRecorder, shapes: ShapeSupport = .any) {
        self.backend = backend
        self.recorder = recorder
        self.shapes = shapes
    }

    package var description: String { backend.description }
    package func file(in folder: URL) -> URL? { backend.file(in: folder) }
    package func trimMemory() { backend.trimMemory() }

    package func open(_ model: URL) async throws -> any ModelSession {
        RecordingSession(
            session: try await backend.open(model), model: model, recorder: recorder,
            shapes: shapes)
    }
}

private struct RecordingSession: ModelSession {
    let session: any ModelSession
    let model: URL
    let recorder: RunRecorder
    let shapes: ShapeSupport

    var inputs: [TensorInfo] { session.inputs }
    var outputs: [TensorInfo] { session.outputs }
    var metadata: [String: String] { session.metadata }
    var placement: Placement { session.placement }
    var operators: [String: Int] { session.operators }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        recorder.add(.init(model: model, inputs: inputs))
        return try await session.run(inputs)
    }
}
