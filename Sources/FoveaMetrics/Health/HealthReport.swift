public import FoveaCore
import Foundation

/// How the service is at one moment: what `/health` answers, and the gauges
/// of ``ServiceMetrics/prometheusText(_:)``.
///
/// Properties are named as in the JSON text, and what is `nil` is absent
/// there. `docs/health.md` describes them to those who read it.
public struct HealthReport: Sendable, Equatable, Codable {
    public let status: HealthStatus
    /// A semantic version.
    public let version: String
    /// Since the process started, to the millisecond.
    public let uptimeSeconds: Double
    /// Memory of the process that answers, files it has mapped included.
    public let rssBytes: Int?
    /// Memory that process has for itself alone.
    public let anonymousBytes: Int?
    /// By index.
    public let slots: [Slot]
    public let fallbacks: [Fallback]
    public let queue: Queue
    /// Models that are being fetched; absent where none is.
    public var downloads: [Download]?

    /// - Parameters:
    ///   - uptime: since the process started.
    ///   - memory: of the process that answers.
    public init(
        version: String = Version.current, uptime: Duration, memory: ProcessMemory? = nil, slots: [Slot],
        fallbacks: [Fallback] = [], queue: Queue
    ) {
        status = HealthStatus(slots: slots, hasFallbacks: !fallbacks.isEmpty)
        self.version = version
        uptimeSeconds = (uptime.seconds * 1000).rounded() / 1000
        rssBytes = memory?.residentBytes
        anonymousBytes = memory?.anonymousBytes
        self.slots = slots.sorted { $0.index < $1.index }
        self.fallbacks = fallbacks
        self.queue = queue
    }
}

extension HealthReport {
    /// Whether a fresh start of the service would not help: `true` unless
    /// every slot has failed for good.
    ///
    /// A worker that crashes or hangs is replaced without that, so it leaves
    /// the service alive. What restarts a service that is not alive, such as
    /// an orchestrator's liveness probe, then does what is left to do.
    public var isLive: Bool { slots.isEmpty || slots.contains { $0.state != .failed } }

    /// Whether to send requests here: `true` where at least one slot runs, or
    /// is started by the next request.
    ///
    /// Models need not be in memory: each is loaded by the first request for
    /// it. While slots only start, start again or have failed, requests are
    /// better sent elsewhere.
    public var isReady: Bool { slots.contains(where: \.state.takesRequests) }

    /// The HTTP status that `/health` answers with: 200 where the service is
    /// ready, else 503.
    public var httpStatus: Int { isReady ? 200 : 503 }
}
