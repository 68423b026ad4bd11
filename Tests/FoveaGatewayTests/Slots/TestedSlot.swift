import FoveaCore
import FoveaGateway

/// A slot and its clock, behind a reference, because expectations cannot
/// change values. Requests are numbers.
final class TestedSlot {
    typealias Action = SupervisedSlot.Action

    private var slot: SupervisedSlot
    private(set) var now = SuspendingClock.now

    /// - Parameter changing: changes the rules, which are: four requests and
    ///   two more, a patience of 100 s, an idle time of 60 s, five deaths to a
    ///   crash loop, 300 s of rest after it, 5 s of grace.
    init(_ changing: (inout SlotRules) -> Void = { _ in }) {
        var rules = SlotRules(capacity: 4, patience: .seconds(100), idleTime: .seconds(60))
        changing(&rules)
        slot = SupervisedSlot(rules: rules)
    }

    /// A slot whose worker runs and has these requests.
    static func running(
        _ requests: UInt64..., changing: (inout SlotRules) -> Void = { _ in }
    ) -> TestedSlot {
        let slot = TestedSlot(changing)
        _ = slot.launch()
        _ = slot.ready()
        for request in requests { _ = slot.take(request) }
        return slot
    }

    func pass(_ time: Duration) { now = now.advanced(by: time) }

    var phase: SupervisedSlot.Phase { slot.phase }
    var isRunning: Bool { slot.isRunning }
    var isFailed: Bool { slot.isFailed }
    var isInOrder: Bool { slot.isInOrder }
    var running: Int { slot.running }
    var waiting: Int { slot.waiting }
    var restarts: Int { slot.restarts }
    var lastError: String? { slot.lastError }
    var models: Set<ModelID> { slot.models }
    var mayLaunch: Bool { slot.mayLaunch(at: now) }
    func hasRoom(for priority: RequestPriority = .standard) -> Bool { slot.hasRoom(for: priority) }

    func launch() -> [Action] { slot.launch(at: now) }
    func ready() -> [Action] { slot.ready(at: now) }
    func take(_ request: UInt64) -> [Action] { slot.take(RequestID(request), at: now) }
    func answered(_ request: UInt64) -> [Action] { slot.answered(RequestID(request), at: now) }
    func dropped(_ request: UInt64) -> [Action] { slot.dropped(RequestID(request), at: now) }
    func lost(_ request: UInt64) { slot.lost(RequestID(request), at: now) }
    func adopt(_ suspects: SupervisedSlot.Suspect...) -> [Action] { slot.adopt(suspects, at: now) }
    func died(_ reason: String = "it crashed") -> [Action] { slot.died(reason, at: now) }
    func overweight() -> [Action] { slot.overweight(at: now) }
    func loading(_ model: ModelID) { slot.loading(model, at: now) }
    func unloaded(_ model: ModelID) { slot.unloaded(model, at: now) }
    func tick() -> [Action] { slot.tick(at: now) }
    func shutDown() -> [Action] { slot.shutDown(at: now) }

    /// A sign of life, with a call that has been under way for that long.
    func heartbeat(callFor age: Duration? = nil) -> [Action] {
        slot.heartbeat(oldestCall: age.map { (what: "run clip/m/visual", age: $0) }, at: now)
    }

    /// The worker dies, and the next one is ready as soon as it may be.
    ///
    /// - Returns: what came of it, without the start itself.
    func dieAndComeBack() -> [Action] {
        var actions = died()
        if case .resting(let until) = phase { now = max(now, until) }
        actions += tick() + launch() + ready()
        return actions.filter { $0 != .launch }
    }
}

extension SupervisedSlot.Action {
    static func send(_ request: UInt64) -> Self { .send(RequestID(request)) }

    static func giveUp(_ request: UInt64, reason: String = "it crashed") -> Self {
        .giveUp(RequestID(request), reason: reason)
    }
}

extension SupervisedSlot.Suspect {
    init(_ request: UInt64, deaths: Int = 0) { self.init(id: RequestID(request), deaths: deaths) }
}
