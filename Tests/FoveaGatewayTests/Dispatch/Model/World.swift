import FoveaCore
import FoveaGateway
import FoveaMetrics
import Testing

/// Workers and clients around a dispatcher: does what it is told, lets things
/// happen that may happen, and knows what must never be.
final class World {
    typealias Action = DispatchState.Action

    struct Worker {
        enum State { case starting, ready, stopping }
        var state = State.starting
        /// It was killed, but is not gone yet.
        var isKilled = false
        var isOverweight = false
        var requests: [RequestID] = []
        /// What it broke off: there will be no answer from it.
        var lost: Set<RequestID> = []
        /// Has a request that runs alone.
        var isReserved = false
    }

    struct Request {
        let priority: RequestPriority
        let route: Route
        /// Services that were given it.
        var had: Set<Int> = []
        /// It was given to a worker that died.
        var isSuspect = false
        var deathsAlone = 0
        var slot: Int?
    }

    let rules: SlotRules
    /// Slots that are other services.
    let services: Set<Int>
    private(set) var dispatch: DispatchState
    private(set) var now = SuspendingClock.now
    private(set) var workers: [Int: Worker] = [:]
    private(set) var requests: [RequestID: Request] = [:]
    /// Answers that dead workers sent before they died.
    private(set) var late: [RequestID] = []
    private(set) var endings: [RequestID: Int] = [:]
    private(set) var isShutDown = false
    private(set) var violations: [String] = []
    private var last: UInt64 = 0

    init(slots: Int, services: Set<Int> = [], rules: SlotRules) {
        self.rules = rules
        self.services = services
        dispatch = DispatchState(
            slots: (0..<slots).map { slot in
                var rules = rules
                rules.isService = services.contains(slot)
                if rules.isService { rules.idleTime = nil }
                return SupervisedSlot(rules: rules)
            })
    }

    var submitted: UInt64 { last }

    private func demand(_ condition: Bool, _ text: @autoclosure () -> String) {
        if !condition, violations.count < 10 { violations.append(text()) }
    }
}

// MARK: What may happen

extension World {
    func submit(_ priority: RequestPriority, on route: Route, client: String) {
        last += 1
        let id = RequestID(last)
        requests[id] = Request(priority: priority, route: route)
        perform(dispatch.submit(id, on: route, priority: priority, client: client, at: now))
    }

    func becomesReady(_ slot: Int) {
        workers[slot]?.state = .ready
        perform(dispatch.ready(slot: slot, at: now))
    }

    func answers(_ id: RequestID, _ slot: Int) {
        workers[slot]?.requests.removeAll { $0 == id }
        if workers[slot]?.requests.isEmpty == true { workers[slot]?.isReserved = false }
        end(id)
        perform(dispatch.answered(id, at: now))
    }

    /// An answer arrives whose worker has died.
    func answersLate(_ id: RequestID) {
        late.removeAll { $0 == id }
        guard let request = requests[id] else { return }
        if let slot = request.slot { return answers(id, slot) }
        end(id)
        perform(dispatch.answered(id, at: now))
    }

    func hangsUp(_ id: RequestID) {
        guard let request = requests[id] else { return }
        if let slot = request.slot {
            workers[slot]?.requests.removeAll { $0 == id }
            if workers[slot]?.requests.isEmpty == true { workers[slot]?.isReserved = false }
        }
        end(id)
        perform(dispatch.dropped(id, at: now))
    }

    /// A service does so in its own way.
    func breaksOff(_ id: RequestID, _ slot: Int) {
        guard !services.contains(slot) else {
            workers[slot]?.requests.removeAll { $0 == id }
            requests[id]?.slot = nil
            return perform(dispatch.declined(id, by: slot, reason: "no", at: now))
        }
        workers[slot]?.lost.insert(id)
        dispatch.lost(id, at: now)
    }

    /// - Parameter answered: what it had answered, without that being known yet.
    func dies(_ slot: Int, answered: [RequestID] = []) {
        guard let worker = workers.removeValue(forKey: slot) else { return }
        late += answered
        for id in worker.requests {
            requests[id]?.slot = nil
            if services.contains(slot) { continue }
            requests[id]?.isSuspect = true
            if worker.requests.count == 1 { requests[id]?.deathsAlone += 1 }
        }
        let toBlame = worker.requests.filter { requests[$0]?.deathsAlone == rules.deathsAllowed }
        perform(dispatch.died(slot: slot, Death(.crashed, "it crashed"), at: now))
        for id in toBlame { demand(requests[id] == nil, "\(id) goes on, though its workers died") }
    }

    func lives(_ slot: Int, callFor age: Duration?) {
        perform(dispatch.heartbeat(slot: slot, oldestCall: age.map { ("run m", $0) }, at: now))
    }

    func loads(_ slot: Int, _ model: ModelID) { dispatch.loading(model, slot: slot, at: now) }
    func unloads(_ slot: Int, _ model: ModelID) { dispatch.unloaded(model, slot: slot, at: now) }

    func weighsTooMuch(_ slot: Int) {
        if services.contains(slot) { return }
        if workers[slot]?.state == .ready { workers[slot]?.isOverweight = true }
        perform(dispatch.overweight(slot: slot, at: now))
    }

    func warm(_ slot: Int) { perform(dispatch.warm(slot: slot, at: now)) }

    func pass(_ time: Duration) { now = now.advanced(by: time) }

    func tick() { perform(dispatch.tick(at: now)) }

    func shutDown() {
        isShutDown = true
        let open = Set(requests.keys)
        let actions = dispatch.shutDown(at: now)
        let told = actions.compactMap { action -> RequestID? in
            guard case .fail(let id, .shutDown) = action else { return nil }
            return id
        }
        demand(Set(told) == open && told.count == open.count, "Not everybody is told of the end")
        perform(actions)
    }
}

// MARK: What is done

extension World {
    private func perform(_ actions: [Action]) {
        for action in actions {
            switch action {
            case .launch(let slot): launch(slot)
            case .send(let id, let slot): send(id, slot)
            case .kill(let slot, _):
                demand(workers[slot]?.isKilled == false, "Slot \(slot) is killed without need")
                workers[slot]?.isKilled = true
            case .stop(let slot): stop(slot)
            case .fail(let id, let failure): fail(id, failure)
            case .log: break
            }
        }
        checkBooks()
    }

    private func launch(_ slot: Int) {
        demand(!isShutDown, "Slot \(slot) is started after the end")
        demand(workers[slot] == nil, "Slot \(slot) is started twice")
        workers[slot] = Worker()
    }

    private func send(_ id: RequestID, _ slot: Int) {
        guard let request = requests[id], let worker = workers[slot] else {
            return demand(false, "\(id) goes to slot \(slot): one of them is not there")
        }
        demand(request.slot == nil, "\(id) is sent to two workers")
        demand(worker.state == .ready, "\(id) goes to a worker that does not run")
        demand(!worker.isKilled, "\(id) goes to a worker that is being killed")
        demand(!worker.isReserved, "\(id) joins a request that runs alone")
        demand(request.route.all.contains(slot), "\(id) goes where it must not")
        demand(!request.had.contains(slot), "\(id) goes to service \(slot) twice")
        if services.contains(slot) {
            requests[id]?.had.insert(slot)
            // Whatever it did to workers, there it need not be alone.
            requests[id]?.isSuspect = false
            requests[id]?.deathsAlone = 0
        }
        if !services.contains(slot), request.isSuspect {
            demand(worker.requests.isEmpty, "\(id) is to run alone, but joins others")
        } else {
            demand(!worker.isOverweight, "\(id) goes to a worker that is to be replaced")
            let room = rules.capacity + (request.priority == .interactive ? rules.interactiveReserve : 0)
            demand(worker.requests.count < room, "\(id) goes beyond the capacity of slot \(slot)")
        }
        workers[slot]?.requests.append(id)
        workers[slot]?.isReserved = request.isSuspect && !services.contains(slot)
        requests[id]?.slot = slot
    }

    private func stop(_ slot: Int) {
        demand(workers[slot].map { $0.state != .stopping } == true, "Slot \(slot) is stopped without need")
        if !isShutDown {
            demand(workers[slot]?.requests.isEmpty == true, "Slot \(slot) is stopped at work")
            demand(workers[slot]?.state == .ready, "Slot \(slot) is stopped before it runs")
        }
        workers[slot]?.state = .stopping
    }

    private func fail(_ id: RequestID, _ failure: DispatchState.Failure) {
        guard let request = requests[id] else { return demand(false, "\(id) ends twice") }
        switch failure {
        case .crashed:
            demand(
                request.deathsAlone == rules.deathsAllowed,
                "\(id) is blamed for \(request.deathsAlone) deaths")
        case .noSlot, .away:
            let left = request.route.all.filter { !request.had.contains($0) && dispatch.slots[$0].isInOrder }
            demand(left.isEmpty, "\(id) has no slot, though there is \(left)")
            if case .away = failure {
                demand(
                    request.route.only { !services.contains($0) }.all.isEmpty || !request.had.isEmpty, "\(id)"
                )
            }
        case .shutDown:
            demand(isShutDown, "\(id) ends before the end")
            if let slot = request.slot { workers[slot]?.requests.removeAll { $0 == id } }
        }
        end(id)
    }

    private func end(_ id: RequestID) {
        requests[id] = nil
        endings[id, default: 0] += 1
    }

    /// The dispatcher's idea of things is how they are.
    private func checkBooks() {
        let running = workers.values.reduce(0) { $0 + $1.requests.count }
        demand(dispatch.running == running, "\(dispatch.running) run, and not \(running)")
        demand(
            dispatch.running + dispatch.waiting == requests.count,
            "\(dispatch.running) + \(dispatch.waiting) of \(requests.count) are left")
        for next in dispatch.queue.heads {
            let turn = dispatch.turn(on: next.route)
            demand(
                !turn.contains { dispatch.slots[$0].hasRoom(for: next.priority) },
                "A \(next.priority) request waits, though there is room")
            demand(!turn.isEmpty, "A request waits for nothing")
        }
        for (slot, state) in dispatch.slots.enumerated() {
            let isThere =
                switch state.phase {
                case .starting, .running, .stopping: true
                case .stopped, .resting, .failed: false
                }
            demand(isThere == (workers[slot] != nil), "Slot \(slot) is \(state.phase)")
            demand(!state.isFailed || state.waiting == 0, "Requests wait for slot \(slot), which has failed")
        }
    }
}
