import FoveaCore
import FoveaGateway
import Testing

/// Thousands of things that may happen, in any order.
@Suite(.timeLimit(.minutes(5))) struct DispatchModelTests {
    @Test(arguments: 0..<40)
    func whateverHappensEveryRequestEndsOnce(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let rules = SlotRules(
            capacity: .random(in: 1...4, using: &random),
            interactiveReserve: .random(in: 0...2, using: &random), patience: .seconds(100),
            idleTime: Bool.random(using: &random) ? .seconds(60) : nil)
        let world = World(slots: .random(in: 1...3, using: &random), rules: rules)
        check(world, seed, &random)
    }

    @Test(arguments: 100..<160)
    func soItIsWithServices(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let rules = SlotRules(
            capacity: .random(in: 1...3, using: &random),
            interactiveReserve: .random(in: 0...1, using: &random), patience: .seconds(100),
            idleTime: Bool.random(using: &random) ? .seconds(60) : nil)
        let slots = Int.random(in: 1...4, using: &random)
        let services = Set((0..<slots).filter { _ in Bool.random(using: &random) })
        check(World(slots: slots, services: services, rules: rules), seed, &random)
    }

    private func check(_ world: World, _ seed: UInt64, _ random: inout SplitMix) {
        // From quiet to desperate.
        let trouble = Int.random(in: 0...8, using: &random)
        for _ in 0..<2000 where world.violations.isEmpty {
            world.somethingHappens(trouble: trouble, &random)
        }
        if Bool.random(using: &random) {
            world.shutDown()
            world.lastWorkersEnd(&random)
        } else {
            world.calmsDown(&random)
        }
        #expect(world.violations.isEmpty, "seed \(seed)")
        #expect(world.requests.isEmpty, "seed \(seed): requests are left")
        #expect(world.endings.count == Int(world.submitted))
        #expect(world.endings.values.allSatisfy { $0 == 1 })
    }
}

extension World {
    fileprivate func somethingHappens(trouble: Int, _ random: inout SplitMix) {
        let alive = workers.keys.sorted()
        let slot = alive.randomElement(using: &random)
        switch Int.random(in: 0..<50 + trouble, using: &random) {
        case 0..<12:
            guard requests.count < 30 else { return }
            submit(
                RequestPriority.allCases.randomElement(using: &random) ?? .standard,
                on: someRoute(&random), client: ["a", "b", "c"].randomElement(using: &random) ?? "")
        case 12..<18:
            if let slot, workers[slot]?.state == .starting { becomesReady(slot) }
        case 18..<30: oneIsAnswered(&random)
        case 30..<33:
            if let id = requests.keys.sorted().randomElement(using: &random) { hangsUp(id) }
        case 33..<36:
            // What is killed, or told to end, does.
            if let slot, let worker = workers[slot], worker.isKilled || worker.state == .stopping {
                dies(slot)
            }
        case 36..<38:
            if let id = late.randomElement(using: &random) { answersLate(id) }
        case 38..<40:
            if let slot { lives(slot, callFor: Bool.random(using: &random) ? .seconds(1) : nil) }
        case 40..<42: pass(.milliseconds(.random(in: 0...2000, using: &random)))
        case 42..<45: tick()
        case 45:
            pass(.seconds(.random(in: 0...70, using: &random)))
            tick()
        case 46:
            let model = ModelID(.clip, .visual, name: "m\(Int.random(in: 0..<3, using: &random))")
            if let slot { Bool.random(using: &random) ? loads(slot, model) : unloads(slot, model) }
        case 47: warm(.random(in: dispatch.slots.indices, using: &random))
        case 48:
            if let slot, Int.random(in: 0..<4, using: &random) == 0 { weighsTooMuch(slot) }
        case 49:
            if Int.random(in: 0..<20, using: &random) == 0 {
                pass(.seconds(.random(in: 100...400, using: &random)))
            }
        default: goesWrong(slot, &random)
        }
    }

    /// Any of all slots, or some in some order.
    private func someRoute(_ random: inout SplitMix) -> Route {
        let all = Array(dispatch.slots.indices)
        guard !services.isEmpty else { return Route([all]) }
        let groups = (0..<3).map { _ in all.filter { _ in Bool.random(using: &random) } }
        let route = Route(groups)
        return route.groups.isEmpty ? Route([all]) : route
    }

    private func oneIsAnswered(_ random: inout SplitMix) {
        let answerable = workers.sorted { $0.key < $1.key }.flatMap { slot, worker in
            worker.requests.filter { !worker.lost.contains($0) && !worker.isKilled }.map { (slot, $0) }
        }
        if let (slot, id) = answerable.randomElement(using: &random) { answers(id, slot) }
    }

    private func goesWrong(_ slot: Int?, _ random: inout SplitMix) {
        guard let slot, let worker = workers[slot] else { return }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lives(slot, callFor: .seconds(.random(in: 90...110, using: &random)))
        case 1:
            if let id = worker.requests.randomElement(using: &random) { breaksOff(id, slot) }
        default:
            let answered = worker.requests.filter { !worker.lost.contains($0) }
            dies(slot, answered: answered.filter { _ in Int.random(in: 0..<4, using: &random) == 0 })
        }
    }

    /// Nothing goes wrong any more: everything is finished.
    fileprivate func calmsDown(_ random: inout SplitMix) {
        for _ in 0..<2000 where !requests.isEmpty && violations.isEmpty {
            pass(.seconds(1))
            tick()
            for (slot, worker) in workers.sorted(by: { $0.key < $1.key }) {
                if worker.isKilled || worker.state == .stopping {
                    dies(slot)
                } else if worker.state == .starting {
                    becomesReady(slot)
                } else {
                    for id in worker.requests where !worker.lost.contains(id) { answers(id, slot) }
                }
            }
        }
    }

    fileprivate func lastWorkersEnd(_ random: inout SplitMix) {
        for slot in workers.keys.sorted() {
            if workers[slot]?.state == .starting, Bool.random(using: &random) { becomesReady(slot) }
            dies(slot)
            pass(.seconds(1))
            tick()
        }
    }
}
