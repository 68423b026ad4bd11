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
    /// A model is compared with itself on the processor, on a device that is
    /// new to it; this may take minutes where the device's engine compiles.
    case trying(ModelID, device: String)
    /// Before a comparison, an engine that compiles is run once with each of
    /// `total` shapes that requests will have; `done` of them are through.
    case preparing(ModelID, device: String, done: Int, total: Int)
    /// The comparison is over.
    case tried(ModelID, device: String, passed: Bool, took: Duration)
    /// A model runs on another device than it should; `reason` says why.
    case fellBack(ModelID, wanted: String, device: String, reason: String)
    /// A model's memory was given back.
    case unloaded(ModelID, reason: UnloadReason)
}

extension EngineEvent {
    /// The model that it is about.
    public var model: ModelID {
        switch self {
        case .loading(let id), .loaded(let id, _, _, _, _), .loadFailed(let id, _), .unloaded(let id, _),
            .trying(let id, _), .preparing(let id, _, _, _), .tried(let id, _, _, _),
            .fellBack(let id, _, _, _):
            id
        }
    }
}
