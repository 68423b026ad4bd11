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
    /// Something happened to a model of its engine.
    case model(EngineEvent)

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
}
