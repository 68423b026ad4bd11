/// How fast image towers run here, and how that is known.
struct SpeedEstimate: Encodable {
    /// How many times as long as in Immich's measurement image towers take, one
    /// picture at a time.
    var slowness: Double
    /// The device it is true of.
    var device: String
    /// For people: what was measured.
    var origin: String
}
