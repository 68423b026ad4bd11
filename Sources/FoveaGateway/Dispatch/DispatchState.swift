package import FoveaCore

/// Decides which request goes to which slot and when: the gateway without its
/// hands.
///
/// A pure state machine over ``WaitingLines`` and the ``SupervisedSlot`` of
/// each slot. Events go in, actions come out; ``Gateway`` carries them out.
package struct DispatchState {
    package typealias Instant = SupervisedSlot.Instant

    package enum Action: Equatable, Sendable {
        /// Start the slot's worker.
        case launch(slot: Int)
        /// Have the slot's worker answer the request.
        case send(RequestID, slot: Int)
        /// Kill the slot's worker, for that reason.
        case kill(slot: Int, reason: String)
        /// Let the slot's worker end by itself.
        case stop(slot: Int)
        /// End the request with an error.
        case fail(RequestID, Failure)
        case log(Transition)
    }

    /// Why a request ends without an answer of a worker.
    package enum Failure: Equatable, Sendable {
        /// Its workers died while they ran nothing else.
        case crashed(reason: String)
        /// No slot can serve.
        case noSlot(reason: String)
        /// Only other services may, and none of them does.
        case away(reason: String)
        /// The gateway ends.
        case shutDown
    }

    /// What the log and the metrics are told about a slot.
    package enum Transition: Equatable, Sendable {
        case starting(slot: Int)
        case ready(slot: Int)
        case died(slot: Int, Death, running: Int)
        case killing(slot: Int, reason: String)
        case stopping(slot: Int)
        case stopped(slot: Int)
        case failed(slot: Int, reason: String)
        case retrying(RequestID, slot: Int)
        /// The slot's service did not answer the request: others run it.
        case passedOn(RequestID, slot: Int)
    }

    /// What is known of a request.
    private struct Ticket {
        /// Where it may run, without the services that had it already.
        var route: Route
        let priority: RequestPriority
        let client: String
    }

    package private(set) var queue = WaitingLines()
    package private(set) var slots: [SupervisedSlot]
    /// Where requests are that are not in the queue.
    private var places: [RequestID: Int] = [:]
    /// All that are held, waiting or not.
    private var tickets: [RequestID: Ticket] = [:]
    private var isShutDown = false

    package init(slots: [SupervisedSlot]) { self.slots = slots }

    /// Whether any slot can serve, if need be after a start.
    package var isAvailable: Bool { !isShutDown && slots.contains(where: \.isInOrder) }

    /// Requests that workers have.
    package var running: Int { slots.reduce(0) { $0 + $1.running } }

    /// The slots whose turn it is on a route: its first group that has any that
    /// are not out of order.
    package func turn(on route: Route) -> [Int] { route.slots { slots[$0].isInOrder } }

    /// Requests that wait for a slot, or to be run alone.
    package var waiting: Int { queue.count + slots.reduce(0) { $0 + $1.waiting } }
}

// MARK: Requests

extension DispatchState {
    /// A request came in.
    ///
    /// - Parameter route: where it may run; `nil` for anywhere.
    package mutating func submit(
        _ id: RequestID, on route: Route? = nil, priority: RequestPriority, client: String, at now: Instant
    ) -> [Action] {
        guard !isShutDown else { return [.fail(id, .shutDown)] }
        let route = route ?? .any(of: slots.count)
        guard !isOver(route) else { return [.fail(id, failure(of: route))] }
        enqueue(id, Ticket(route: route, priority: priority, client: client))
        return pump(at: now)
    }

    /// A worker answered a request.
    package mutating func answered(_ id: RequestID, at now: Instant) -> [Action] {
        tickets[id] = nil
        // The answer of a service that was given up meanwhile.
        if queue.remove(id) { return [] }
        guard let slot = places.removeValue(forKey: id) else { return [] }
        return expand(slots[slot].answered(id, at: now), slot, at: now) + pump(at: now)
    }

    /// Nobody wants a request's answer any more.
    package mutating func dropped(_ id: RequestID, at now: Instant) -> [Action] {
        tickets[id] = nil
        if queue.remove(id) { return [] }
        guard let slot = places.removeValue(forKey: id) else { return [] }
        return expand(slots[slot].dropped(id, at: now), slot, at: now) + pump(at: now)
    }

    /// A service did not answer a request, or not with an answer to it: the next
    /// slot of its route has it.
    ///
    /// - Parameter reason: what is wrong with the service; `nil` where it may be
    ///   the request.
    package mutating func declined(
        _ id: RequestID, by slot: Int, reason: String?, at now: Instant
    ) -> [Action] {
        guard places[id] == slot else { return [] }
        return expand(slots[slot].declined(id, reason: reason, at: now), slot, at: now)
            + passOn(id, from: slot)
            + pump(at: now)
    }

    /// The connection over which a request was sent broke.
    package mutating func lost(_ id: RequestID, at now: Instant) {
        guard let slot = places[id] else { return }
        slots[slot].lost(id, at: now)
    }
}

// MARK: Slots

extension DispatchState {
    /// A slot is wanted before any request is there, to load models.
    package mutating func warm(slot: Int, at now: Instant) -> [Action] {
        expand(slots[slot].launch(at: now), slot, at: now)
    }

    package mutating func ready(slot: Int, at now: Instant) -> [Action] {
        guard case .starting = slots[slot].phase else { return [] }
        return [.log(.ready(slot: slot))] + expand(slots[slot].ready(at: now), slot, at: now) + pump(at: now)
    }

    package mutating func died(slot: Int, _ death: Death, at now: Instant) -> [Action] {
        let reason = death.explanation
        let wasStopping = slots[slot].isStopping
        let wasAway = slots[slot].isAway
        let running = slots[slot].running
        // That a service is still away is no news.
        var actions: [Action] =
            wasAway
            ? [] : [.log(wasStopping ? .stopped(slot: slot) : .died(slot: slot, death, running: running))]
        let consequences = slots[slot].died(reason, at: now)
        if slots[slot].isFailed { actions.append(.log(.failed(slot: slot, reason: reason))) }
        actions += expand(consequences, slot, at: now)
        for id in queue.removeAll(where: isOver) {
            let route = tickets.removeValue(forKey: id)?.route
            actions.append(.fail(id, failure(of: route ?? .any(of: slots.count))))
        }
        return actions + pump(at: now)
    }

    package mutating func heartbeat(
        slot: Int, oldestCall: (what: String, age: Duration)?, at now: Instant
    ) -> [Action] {
        expand(slots[slot].heartbeat(oldestCall: oldestCall, at: now), slot, at: now)
    }

    package mutating func overweight(slot: Int, at now: Instant) -> [Action] {
        expand(slots[slot].overweight(at: now), slot, at: now)
    }

    package mutating func loading(_ model: ModelID, slot: Int, at now: Instant) {
        slots[slot].loading(model, at: now)
    }

    package mutating func unloaded(_ model: ModelID, slot: Int, at now: Instant) {
        slots[slot].unloaded(model, at: now)
    }

    package mutating func tick(at now: Instant) -> [Action] {
        var actions: [Action] = []
        for slot in slots.indices where !(isShutDown && slots[slot].rules.isService) {
            actions += expand(slots[slot].tick(at: now), slot, at: now)
        }
        return actions + pump(at: now)
    }

    /// The gateway ends: nothing new is taken, everything held is given up.
    package mutating func shutDown(at now: Instant) -> [Action] {
        isShutDown = true
        let ids = (queue.removeAll { _ in true } + Array(places.keys)).sorted()
        places = [:]
        tickets = [:]
        var actions: [Action] = ids.map { .fail($0, .shutDown) }
        for slot in slots.indices { actions += expand(slots[slot].shutDown(at: now), slot, at: now) }
        return actions
    }

    /// Why none of a route's slots can serve.
    private func failure(of route: Route) -> Failure {
        var reasons: [String] = []
        for reason in route.all.compactMap({ slots[$0].lastError }) where !reasons.contains(reason) {
            reasons.append(reason)
        }
        let text = reasons.isEmpty ? "no worker could be started" : reasons.joined(separator: "; ")
        let isElsewhere = !route.all.isEmpty && route.all.allSatisfy { slots[$0].rules.isService }
        return isElsewhere ? .away(reason: text) : .noSlot(reason: text)
    }
}

// MARK: Consequences

extension DispatchState {
    /// Gives the waiting to slots with room, and starts slots for the rest.
    private mutating func pump(at now: Instant) -> [Action] {
        guard !isShutDown else { return [] }
        var actions: [Action] = []
        while let (slot, route) = nextTurn(), let id = queue.removeFirst(of: route) {
            // The next request should find an idle worker too.
            if slots[slot].running > 0 { actions += launchOne(of: route, at: now) }
            actions += expand(slots[slot].take(id, at: now), slot, at: now)
        }
        for head in queue.heads { actions += launchOne(of: head.route, at: now) }
        return actions
    }

    /// The first of those who wait that finds room, and where.
    private func nextTurn() -> (slot: Int, route: Route)? {
        for head in queue.heads {
            if let slot = bestSlot(of: head.route, for: head.priority) { return (slot, head.route) }
        }
        return nil
    }

    /// The slot with the fewest requests that has room.
    private func bestSlot(of route: Route, for priority: RequestPriority) -> Int? {
        turn(on: route).filter { slots[$0].hasRoom(for: priority) }
            .min { (slots[$0].running, $0) < (slots[$1].running, $1) }
    }

    /// Starts one more worker of a route, unless one is on its way.
    private mutating func launchOne(of route: Route, at now: Instant) -> [Action] {
        let candidates = turn(on: route)
        let isStarting = candidates.contains {
            if case .starting = slots[$0].phase { true } else { false }
        }
        guard !isStarting, let slot = candidates.first(where: { slots[$0].mayLaunch(at: now) }) else {
            return []
        }
        return expand(slots[slot].launch(at: now), slot, at: now)
    }

    private func isOver(_ route: Route) -> Bool { turn(on: route).isEmpty }

    private mutating func enqueue(_ id: RequestID, _ ticket: Ticket) {
        tickets[id] = ticket
        queue.enqueue(id, on: ticket.route, priority: ticket.priority, client: ticket.client)
    }

    private mutating func expand(_ actions: [SupervisedSlot.Action], _ slot: Int, at now: Instant) -> [Action]
    {
        actions.flatMap { action -> [Action] in
            switch action {
            case .launch:
                // A service is asked over and over.
                let isNews = !slots[slot].rules.isService
                return (isNews ? [.log(.starting(slot: slot))] : []) + [.launch(slot: slot)]
            case .send(let id):
                let isRetry = places[id] != nil
                places[id] = slot
                return (isRetry ? [.log(.retrying(id, slot: slot))] : []) + [.send(id, slot: slot)]
            case .kill(let reason):
                return [.log(.killing(slot: slot, reason: reason)), .kill(slot: slot, reason: reason)]
            case .stop: return [.log(.stopping(slot: slot)), .stop(slot: slot)]
            case .giveUp(let id, let reason):
                places[id] = nil
                tickets[id] = nil
                return [.fail(id, .crashed(reason: reason))]
            case .handBack(let orphans): return rehome(orphans, at: now)
            case .passOn(let ids): return ids.flatMap { passOn($0, from: slot) }
            }
        }
    }

    /// Has a request wait for another slot than the service that had it. None
    /// has it twice.
    private mutating func passOn(_ id: RequestID, from slot: Int) -> [Action] {
        places[id] = nil
        guard var ticket = tickets.removeValue(forKey: id) else { return [] }
        let whole = ticket.route
        ticket.route = whole.without([slot])
        guard !isOver(ticket.route) else { return [.fail(id, failure(of: whole))] }
        enqueue(id, ticket)
        return [.log(.passedOn(id, slot: slot))]
    }

    /// Finds other slots for requests whose own has failed.
    private mutating func rehome(_ orphans: [SupervisedSlot.Suspect], at now: Instant) -> [Action] {
        var actions: [Action] = []
        var homes: [Int: [SupervisedSlot.Suspect]] = [:]
        for orphan in orphans {
            let ticket = tickets.removeValue(forKey: orphan.id)
            let route = ticket?.route ?? .any(of: slots.count)
            places[orphan.id] = nil
            guard let slot = turn(on: route).min(by: { slots[$0].running < slots[$1].running }) else {
                actions.append(.fail(orphan.id, failure(of: route)))
                continue
            }
            if slots[slot].rules.isService, let ticket {
                // On another machine it need not be alone.
                enqueue(orphan.id, ticket)
            } else {
                tickets[orphan.id] = ticket
                places[orphan.id] = slot
                homes[slot, default: []].append(orphan)
            }
        }
        for (slot, adopted) in homes.sorted(by: { $0.key < $1.key }) {
            actions += expand(slots[slot].adopt(adopted, at: now), slot, at: now)
        }
        return actions
    }
}
