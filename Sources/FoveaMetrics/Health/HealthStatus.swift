/// The service's health in a word. The raw value is its name in `/health`.
public enum HealthStatus: String, Sendable, Hashable, CaseIterable, Codable {
    /// Everything works as the settings say.
    case ok
    /// Requests are answered, but something is not as it should be: a slot is
    /// out of order, a model could not be loaded or runs on another device.
    case degraded
    /// No slot takes requests yet, and one is on its way for the first time.
    case starting
    /// No slot takes requests.
    case unavailable
}

extension HealthStatus {
    /// - Parameter hasFallbacks: whether a model runs on another device than
    ///   it should.
    public init(slots: [HealthReport.Slot], hasFallbacks: Bool) {
        guard slots.contains(where: \.state.takesRequests) else {
            // A slot that starts again after it died is no start of the service.
            self = slots.contains { $0.state == .starting && $0.restarts == 0 } ? .starting : .unavailable
            return
        }
        let hasFailures = slots.contains { slot in
            slot.state == .restarting || slot.state == .failed || slot.models.contains { $0.state == .failed }
        }
        self = hasFailures || hasFallbacks ? .degraded : .ok
    }
}
