/// What a slot, a worker process and its device, is doing. The raw value is
/// its name in `/health` and in metrics.
public enum SlotState: String, Sendable, Hashable, CaseIterable, Codable {
    /// There is no process, and the next request starts one: nobody has asked
    /// yet, or not for a while.
    case stopped
    /// The process was started and is not ready yet.
    case starting
    /// It answers requests.
    case running
    /// It finishes what it has, takes nothing new, and ends.
    case draining
    /// It died or never became ready, and is started again after a pause.
    case restarting
    /// It failed too often, and is not started again.
    case failed
}

extension SlotState {
    /// Whether a request that is given to the slot now is run without waiting
    /// for the end of a failure. A slot that starts does not count: whether it
    /// will run is not known yet.
    public var takesRequests: Bool { self == .running || self == .stopped }
}

/// Whether a model is in a worker's memory. The raw value is its name in
/// `/health`.
public enum ModelState: String, Sendable, Hashable, CaseIterable, Codable {
    case loading, loaded
    /// The last attempt to load it failed; the next request tries again.
    case failed
}
