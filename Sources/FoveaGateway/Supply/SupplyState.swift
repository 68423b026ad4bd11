package import FoveaCore

/// Decides when a model is looked for, fetched, or refused, and who waits.
///
/// A model is fetched once, however many ask. That it could not be is the
/// answer for a while, so that requests do not besiege a server.
package struct SupplyState: Sendable {
    package typealias Instant = SuspendingClock.Instant

    package enum Work: Sendable, Hashable {
        case fetch, repair
    }

    package enum Decision: Sendable {
        /// It is there.
        case ready
        /// Look whether it is; then tell ``found(_:)`` or ask again.
        case look
        /// Wait; where work is given, it is to be begun.
        case wait(begin: Work?)
        case refuse(any Error)
    }

    /// How long a failure is the answer to those who ask.
    package static let rest = Duration.seconds(30)

    private var present: Set<ModelID> = []
    private var suspects: Set<ModelID> = []
    private var underway: [ModelID: Underway] = [:]
    private var failures: [ModelID: (error: any Error, until: Instant)] = [:]

    package init() {}

    private struct Underway {
        var work: Work
        var progress = FetchProgress(bytes: 0, totalBytes: nil)
    }

    /// What is being fetched, by name.
    package var fetches: [(id: ModelID, progress: FetchProgress)] {
        underway.map { ($0.key, $0.value.progress) }.sorted { $0.id.description < $1.id.description }
    }

    /// Somebody wants a model.
    ///
    /// - Parameter isAbsent: whether it was looked for, and is not there.
    package mutating func want(_ id: ModelID, isAbsent: Bool = false, at now: Instant) -> Decision {
        if underway[id] != nil { return .wait(begin: nil) }
        if present.contains(id) { return .ready }
        if !isAbsent { return .look }
        if let failure = failures[id], failure.until > now { return .refuse(failure.error) }
        underway[id] = Underway(work: .fetch)
        return .wait(begin: .fetch)
    }

    package mutating func found(_ id: ModelID) { present.insert(id) }

    /// A worker could not load it.
    package mutating func loadFailed(_ id: ModelID) {
        present.remove(id)
        suspects.insert(id)
    }

    package mutating func loaded(_ id: ModelID) {
        suspects.remove(id)
        failures[id] = nil
    }

    /// A request failed that used a model.
    ///
    /// - Returns: `nil` where nothing speaks against the model, or it was looked
    ///   at not long ago.
    package mutating func suspect(_ id: ModelID, at now: Instant) -> Decision? {
        guard suspects.contains(id) else { return nil }
        if underway[id] != nil { return .wait(begin: nil) }
        if let failure = failures[id], failure.until > now { return nil }
        underway[id] = Underway(work: .repair)
        return .wait(begin: .repair)
    }

    package mutating func progressed(_ id: ModelID, _ progress: FetchProgress) {
        underway[id]?.progress = progress
    }

    /// Work has ended.
    ///
    /// - Parameter error: why it came to nothing; `nil` where it did not.
    package mutating func ended(_ id: ModelID, _ error: (any Error)?, at now: Instant) {
        underway[id] = nil
        suspects.remove(id)
        // Names are whatever clients send.
        failures = failures.filter { $0.value.until > now }
        if let error {
            failures[id] = (error, now + Self.rest)
        } else {
            failures[id] = nil
            present.insert(id)
        }
    }
}
