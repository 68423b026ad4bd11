package import FoveaCore

/// Decides about one slot: when its worker starts and stops, what it is given,
/// and what becomes of requests whose worker died.
///
/// A pure state machine: its methods take an event and the time, and return
/// what to do. ``DispatchState`` holds the slots, ``Gateway`` does it.
package struct SupervisedSlot {
    package typealias Instant = SuspendingClock.Instant

    /// Where a slot's worker is in its life.
    package enum Phase: Equatable, Sendable {
        /// There is none, and none is needed.
        case stopped
        case starting(since: Instant)
        case running(since: Instant)
        /// It was told to end.
        case stopping(since: Instant)
        /// It died; the next one starts at that time, if it is needed.
        case resting(until: Instant)
        /// It died over and over; tried once more at that time.
        case failed(reason: String, until: Instant)
    }

    package enum Action: Equatable, Sendable {
        case launch
        case send(RequestID)
        case kill(reason: String)
        case stop
        /// Answer: this request killed its worker too often.
        case giveUp(RequestID, reason: String)
        /// The slot failed; other slots may run these.
        case handBack([Suspect])
        /// The service went away; other slots run these.
        case passOn([RequestID])
    }

    /// A request that was there when a worker died, and runs alone from then on.
    package struct Suspect: Equatable, Sendable {
        package var id: RequestID
        /// Deaths while it ran alone.
        package var deaths: Int

        package init(id: RequestID, deaths: Int = 0) {
            self.id = id
            self.deaths = deaths
        }
    }

    private struct Held {
        var deaths = 0
        var isAlone = false
        /// When the worker broke the request off without dying, so far.
        var lost: Instant?
    }

    package let rules: SlotRules
    package private(set) var phase: Phase = .stopped
    /// Why the last worker died.
    package private(set) var lastError: String?
    /// Workers started after a death.
    package private(set) var restarts = 0
    /// What the worker has in memory or is loading.
    package private(set) var models: Set<ModelID> = []
    private var held: [RequestID: Held] = [:]
    private var suspects: [Suspect] = []
    private var deathsInARow = 0
    private var declinesInARow = 0
    /// The worker is to be replaced once it has answered what it has.
    package private(set) var isOverweight = false
    /// The worker is being killed, which may take a moment: it is given
    /// nothing more.
    private var isDoomed = false
    private var lastSign: Instant?
    private var lastBusy: Instant?

    package init(rules: SlotRules) { self.rules = rules }
}

// MARK: What is asked of it

extension SupervisedSlot {
    /// Requests that the worker has.
    package var running: Int { held.count }

    /// Requests that wait to be run alone.
    package var waiting: Int { suspects.count }

    package var isRunning: Bool { if case .running = phase { true } else { false } }

    package var isStopping: Bool { if case .stopping = phase { true } else { false } }

    package var isFailed: Bool { if case .failed = phase { true } else { false } }

    /// Whether it is a service that was asked and is not there.
    package var isAway: Bool { rules.isService && !isRunning && lastError != nil }

    /// Whether requests may wait for it. For a service, only before it is known
    /// whether it is there.
    package var isInOrder: Bool { !isFailed && !isAway }

    /// Whether the slot could start a worker right now.
    package func mayLaunch(at now: Instant) -> Bool {
        switch phase {
        case .stopped: true
        case .resting(let until): until <= now
        default: false
        }
    }

    /// Whether the worker can take a request of this priority.
    package func hasRoom(for priority: RequestPriority) -> Bool {
        guard isRunning, !isOverweight, !isDoomed, suspects.isEmpty, !held.values.contains(where: \.isAlone)
        else { return false }
        return held.count < rules.capacity + (priority == .interactive ? rules.interactiveReserve : 0)
    }
}

// MARK: Requests

extension SupervisedSlot {
    /// Gives the worker a request; it has room for it.
    package mutating func take(_ id: RequestID, at now: Instant) -> [Action] {
        if held.isEmpty { lastSign = now }
        held[id] = Held()
        lastBusy = now
        return [.send(id)]
    }

    /// Takes over requests whose worker died elsewhere.
    package mutating func adopt(_ orphans: [Suspect], at now: Instant) -> [Action] {
        suspects += orphans
        return launchIfNeeded(at: now) + sendNextSuspect(at: now)
    }

    /// The worker has answered.
    package mutating func answered(_ id: RequestID, at now: Instant) -> [Action] {
        guard held.removeValue(forKey: id) != nil else {
            // The answer was on its way already when the worker died.
            suspects.removeAll { $0.id == id }
            return retireIfDone(at: now)
        }
        deathsInARow = 0
        declinesInARow = 0
        lastSign = now
        lastBusy = now
        return sendNextSuspect(at: now) + retireIfDone(at: now)
    }

    /// Nobody wants the answer any more.
    package mutating func dropped(_ id: RequestID, at now: Instant) -> [Action] {
        suspects.removeAll { $0.id == id }
        guard held.removeValue(forKey: id) != nil else { return [] }
        lastBusy = now
        return sendNextSuspect(at: now) + retireIfDone(at: now)
    }

    /// A service did not answer a request. One that says it is there, and answers
    /// none, is left alone for a while; then one request tells whether that is over.
    ///
    /// - Parameter reason: what is wrong with the service; `nil` where it may be
    ///   the request.
    package mutating func declined(_ id: RequestID, reason: String?, at now: Instant) -> [Action] {
        guard held.removeValue(forKey: id) != nil else { return [] }
        lastBusy = now
        guard let reason else { return [] }
        declinesInARow += 1
        guard isRunning, declinesInARow >= rules.declinesAllowed else { return [] }
        return kill("it answers no request: \(reason)")
    }

    /// The worker broke the request off. Most likely it is dying; if not, it
    /// is made to.
    package mutating func lost(_ id: RequestID, at now: Instant) {
        guard var entry = held[id], entry.lost == nil else { return }
        entry.lost = now
        held[id] = entry
    }

    private mutating func sendNextSuspect(at now: Instant) -> [Action] {
        guard isRunning, !isDoomed, held.isEmpty, !suspects.isEmpty else { return [] }
        let suspect = suspects.removeFirst()
        held[suspect.id] = Held(deaths: suspect.deaths, isAlone: true)
        lastSign = now
        lastBusy = now
        return [.send(suspect.id)]
    }

    private mutating func launchIfNeeded(at now: Instant) -> [Action] {
        suspects.isEmpty ? [] : launch(at: now)
    }
}

// MARK: The worker's life

extension SupervisedSlot {
    /// Starts a worker, if there may be one now.
    package mutating func launch(at now: Instant) -> [Action] {
        guard mayLaunch(at: now) else { return [] }
        if case .resting = phase, !rules.isService { restarts += 1 }
        phase = .starting(since: now)
        return [.launch]
    }

    /// The worker can take requests.
    package mutating func ready(at now: Instant) -> [Action] {
        guard case .starting = phase else { return [] }
        if rules.isService {
            if isAway { restarts += 1 }
            // One that answers pings alone is no better than before.
            if declinesInARow < rules.declinesAllowed { deathsInARow = 0 }
        }
        phase = .running(since: now)
        lastSign = now
        lastBusy = now
        return sendNextSuspect(at: now)
    }

    /// The worker is gone.
    ///
    /// - Parameter reason: how it ended.
    package mutating func died(_ reason: String, at now: Instant) -> [Action] {
        models = []
        isOverweight = false
        isDoomed = false
        if case .stopping = phase {
            phase = .stopped
            return launchIfNeeded(at: now)
        }
        lastError = reason
        deathsInARow += 1
        if rules.isService { return wentAway(at: now) }
        var actions: [Action] = []
        // One that ran alone is the only one that can be to blame.
        let ranAlone = held.count == 1
        var orphans: [Suspect] = []
        for (id, entry) in held.sorted(by: { $0.key < $1.key }) {
            let deaths = entry.deaths + (ranAlone ? 1 : 0)
            if deaths >= rules.deathsAllowed {
                actions.append(.giveUp(id, reason: reason))
            } else {
                orphans.append(Suspect(id: id, deaths: deaths))
            }
        }
        held = [:]
        suspects = orphans + suspects
        if deathsInARow >= rules.crashLoopLength {
            phase = .failed(reason: reason, until: now + rules.failureRest)
            if !suspects.isEmpty { actions.append(.handBack(suspects)) }
            suspects = []
        } else {
            phase = .resting(until: now + rules.rest(afterDeaths: deathsInARow))
            actions += launchIfNeeded(at: now)
        }
        return actions
    }

    /// What a service had is nothing to blame for that it is away.
    private mutating func wentAway(at now: Instant) -> [Action] {
        let ids = held.keys.sorted()
        held = [:]
        phase = .resting(until: now + rules.rest(afterDeaths: deathsInARow))
        return ids.isEmpty ? [] : [.passOn(ids)]
    }

    /// A sign of life, with the age of the longest native call under way.
    package mutating func heartbeat(oldestCall: (what: String, age: Duration)?, at now: Instant) -> [Action] {
        lastSign = now
        guard let oldestCall, oldestCall.age >= rules.patience else { return [] }
        return kill("it was stuck: \(oldestCall.what) ran for \(oldestCall.age.components.seconds) s")
    }

    private mutating func kill(_ reason: String) -> [Action] {
        guard !isDoomed else { return [] }
        isDoomed = true
        return [.kill(reason: reason)]
    }

    /// The worker takes more memory than it may: it is to be replaced.
    package mutating func overweight(at now: Instant) -> [Action] {
        guard isRunning else { return [] }
        isOverweight = true
        return retireIfDone(at: now)
    }

    private mutating func retireIfDone(at now: Instant) -> [Action] {
        guard isOverweight, isRunning, held.isEmpty, suspects.isEmpty else { return [] }
        phase = .stopping(since: now)
        return [.stop]
    }

    /// The gateway ends: what is held is given up, and the worker let go.
    package mutating func shutDown(at now: Instant) -> [Action] {
        held = [:]
        suspects = []
        switch phase {
        case .starting, .running:
            phase = .stopping(since: now)
            return [.stop]
        case .stopped, .stopping, .resting, .failed: return []
        }
    }

    package mutating func loading(_ model: ModelID, at now: Instant) {
        models.insert(model)
        lastBusy = now
    }

    package mutating func unloaded(_ model: ModelID, at now: Instant) {
        models.remove(model)
    }

    /// Time passes: what is overdue?
    package mutating func tick(at now: Instant) -> [Action] {
        switch phase {
        case .stopped, .resting:
            // Whether a service is there is found out before anybody needs it.
            return rules.isService ? launch(at: now) : launchIfNeeded(at: now)
        case .stopping(let since):
            return since.duration(to: now) >= rules.lossGrace ? kill("it did not end") : []
        case .failed(_, let until):
            guard until <= now else { return [] }
            // One more death makes it a crash loop again.
            deathsInARow = rules.crashLoopLength - 1
            phase = .resting(until: now)
            return launchIfNeeded(at: now)
        case .starting(let since):
            return since.duration(to: now) >= rules.patience ? kill("it did not start in time") : []
        case .running: return overdue(at: now)
        }
    }

    private mutating func overdue(at now: Instant) -> [Action] {
        if held.values.contains(where: { $0.lost.map { $0.duration(to: now) >= rules.lossGrace } ?? false }) {
            return kill("it broke off a request without an answer")
        }
        if !held.isEmpty, let lastSign, lastSign.duration(to: now) >= rules.patience {
            return kill("it gave no sign of life")
        }
        guard held.isEmpty, suspects.isEmpty, models.isEmpty, let idleTime = rules.idleTime, let lastBusy,
            lastBusy.duration(to: now) >= idleTime
        else { return [] }
        phase = .stopping(since: now)
        return [.stop]
    }
}
