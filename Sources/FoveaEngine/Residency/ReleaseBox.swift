import Synchronization

/// Holds models for whoever releases them, so that nothing else does.
final class ReleaseBox: Sendable {
    private let models: Mutex<[LoadedModel]>

    init(_ models: [LoadedModel]) { self.models = Mutex(models) }

    /// Releases the models. Blocks while native code frees their memory.
    func empty() {
        models.withLock { $0 = [] }
    }
}
