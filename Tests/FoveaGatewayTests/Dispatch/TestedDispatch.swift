import FoveaCore
import FoveaGateway
import FoveaMetrics

/// A dispatcher and its clock, behind a reference, because expectations cannot
/// change values. Requests are numbers.
final class TestedDispatch {
    typealias Action = DispatchState.Action

    private(set) var state: DispatchState
    private(set) var now = SuspendingClock.now
    /// What the log was told, less what methods have answered.
    private(set) var transitions: [DispatchState.Transition] = []
    private var lastRequest: UInt64 = 0

    /// - Parameters:
    ///   - services: slots that are other services.
    ///   - changing: changes the rules, which are: two requests a slot and one
    ///     more, a patience of 100 s, an idle time of 60 s.
    init(slots: Int, services: Set<Int> = [], _ changing: (inout SlotRules) -> Void = { _ in }) {
        var rules = SlotRules(
            capacity: 2, interactiveReserve: 1, patience: .seconds(100), idleTime: .seconds(60))
        changing(&rules)
        state = DispatchState(
            slots: (0..<slots).map { [rules] slot in
                var rules = rules
                rules.isService = services.contains(slot)
                if rules.isService { rules.idleTime = nil }
                return SupervisedSlot(rules: rules)
            })
    }

    /// One whose workers all run.
    static func running(
        slots: Int, services: Set<Int> = [], _ changing: (inout SlotRules) -> Void = { _ in }
    ) -> TestedDispatch {
        let dispatch = TestedDispatch(slots: slots, services: services, changing)
        for slot in 0..<slots {
            _ = dispatch.warm(slot)
            _ = dispatch.ready(slot)
        }
        dispatch.transitions = []
        return dispatch
    }

    func pass(_ time: Duration) { now = now.advanced(by: time) }

    /// Submits the next request: the first is 1.
    func submit(
        _ priority: RequestPriority = .standard, on route: Route? = nil, client: String = "a"
    ) -> [Action] {
        lastRequest += 1
        return noted(
            state.submit(RequestID(lastRequest), on: route, priority: priority, client: client, at: now))
    }

    func answered(_ request: UInt64) -> [Action] { noted(state.answered(RequestID(request), at: now)) }
    func dropped(_ request: UInt64) -> [Action] { noted(state.dropped(RequestID(request), at: now)) }
    func declined(_ request: UInt64, by slot: Int, reason: String? = "it answers with 500") -> [Action] {
        noted(state.declined(RequestID(request), by: slot, reason: reason, at: now))
    }

    func warm(_ slot: Int) -> [Action] { noted(state.warm(slot: slot, at: now)) }
    func ready(_ slot: Int) -> [Action] { noted(state.ready(slot: slot, at: now)) }
    func overweight(_ slot: Int) -> [Action] { noted(state.overweight(slot: slot, at: now)) }
    func tick() -> [Action] { noted(state.tick(at: now)) }
    func shutDown() -> [Action] { noted(state.shutDown(at: now)) }

    func heartbeat(_ slot: Int, callFor age: Duration? = nil) -> [Action] {
        noted(state.heartbeat(slot: slot, oldestCall: age.map { (what: "run m", age: $0) }, at: now))
    }

    static let death = Death(.crashed, "it crashed")
    static let silence = Death(.unreachable, "http://big does not answer (it is silent)")

    /// A service does not say any more that it is there.
    func goesAway(_ slot: Int) -> [Action] { died(slot, Self.silence) }

    func died(_ slot: Int, _ death: Death = death) -> [Action] {
        noted(state.died(slot: slot, death, at: now))
    }

    /// The worker dies, and another time passes until the next may be started.
    func dieAndRest(_ slot: Int) -> [Action] {
        var actions = died(slot)
        if case .resting(let until) = state.slots[slot].phase, until > now {
            now = until
            actions += tick()
        }
        return actions
    }

    /// Fails a slot that has nothing to do.
    func fail(_ slot: Int, _ death: Death = death) {
        while !state.slots[slot].isFailed {
            _ = warm(slot)
            _ = died(slot, death)
            pass(.seconds(30))
        }
    }

    private func noted(_ actions: [Action]) -> [Action] {
        actions.filter { action in
            guard case .log(let transition) = action else { return true }
            transitions.append(transition)
            return false
        }
    }
}

extension DispatchState.Action {
    static func send(_ request: UInt64, slot: Int) -> Self { .send(RequestID(request), slot: slot) }

    static func fail(_ request: UInt64, _ failure: DispatchState.Failure) -> Self {
        .fail(RequestID(request), failure)
    }
}
