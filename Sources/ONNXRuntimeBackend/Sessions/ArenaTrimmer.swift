import FoveaCore
import Synchronization

/// Gives memory that no session uses any more back from the arena they share.
///
/// ONNX Runtime does that at the end of a run that is told to, so there is one
/// of a graph that takes no memory.
final class ArenaTrimmer: Sendable {
    private let loader: SessionLoader
    private let session = Mutex<ONNXRuntimeSession?>(nil)

    init(_ loader: SessionLoader) { self.loader = loader }

    /// Blocks for less than a millisecond, and some the first time. What fails
    /// leaves the memory where it is.
    func trim() {
        guard let provider = loader.providers.last else { return }
        session.withLock { session in
            do {
                let used =
                    try session ?? loader.load(ProviderProbe.graph, named: "arena", on: provider)
                session = used
                let options = try RunOptions(loader.environment.library)
                try options.shrinkArena()
                _ = try used.runNow([Tensor(shape: [1, 2], [Float(0), 0])], options)
            } catch {}
        }
    }
}
