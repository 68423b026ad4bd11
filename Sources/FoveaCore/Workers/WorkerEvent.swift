/// What a worker tells its gateway over their control channel, a JSON object
/// a line.
public enum WorkerEvent: Sendable, Codable, Equatable {
    /// It takes requests.
    case ready(engine: String)
    /// It ends, because it cannot start.
    case unusable(reason: String)
    /// It is alive, and this native call has been under way for the longest;
    /// sent every second while there is one.
    case heartbeat(oldestCall: NativeCall?)
    /// A model is being loaded.
    case loading(ModelID)
    case loaded(ModelID, Residence)
    case loadFailed(ModelID, message: String)
    case unloaded(ModelID)

    /// A call into an engine's library.
    public struct NativeCall: Sendable, Codable, Equatable {
        /// For people: `run clip/ViT-B-32__openai/visual`.
        public var what: String
        /// How long ago it began.
        public var seconds: Double

        public init(what: String, seconds: Double) {
            self.what = what
            self.seconds = seconds
        }
    }

    /// A model in memory.
    public struct Residence: Sendable, Codable, Equatable {
        public var placement: Placement
        /// What it is estimated to take.
        public var bytes: Int
        /// How long loading took.
        public var loadSeconds: Double

        public init(placement: Placement, bytes: Int, loadSeconds: Double) {
            self.placement = placement
            self.bytes = bytes
            self.loadSeconds = loadSeconds
        }
    }
}
