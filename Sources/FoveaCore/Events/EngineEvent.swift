/// What happens to an engine's models, for whoever keeps books on them.
public enum EngineEvent: Sendable, Hashable, Codable {
    /// Why a model was unloaded.
    public enum UnloadReason: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nobody asked for it in a while.
        case idle
        /// Another model needed its memory.
        case evicted
    }

    /// A model begins to load.
    case loading(ModelID)
    /// A model is in memory. `bytes` is an estimate; `pinned` models stay for
    /// good.
    case loaded(ModelID, Placement, bytes: Int, took: Duration, pinned: Bool)
    /// A model could not be loaded; `message` says why and what to do.
    case loadFailed(ModelID, message: String)
    /// A model's memory was given back.
    case unloaded(ModelID, reason: UnloadReason)
}

extension EngineEvent {
    /// The model that it is about.
    public var model: ModelID {
        switch self {
        case .loading(let id), .loaded(let id, _, _, _, _), .loadFailed(let id, _), .unloaded(let id, _): id
        }
    }
}
