import FoveaCore
import FoveaGateway
import Testing

/// Who goes first, and who may go beyond a slot's capacity.
@Suite struct PriorityTests {
    @Test func whoIsWaitedForGoesBeyondTheCapacity() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        _ = dispatch.submit()
        #expect(dispatch.submit(.standard).isEmpty)
        #expect(dispatch.submit(.interactive) == [.send(4, slot: 0)])
        #expect(dispatch.submit(.interactive).isEmpty, "There is an end to it")
        #expect(dispatch.state.running == 3)
    }

    @Test func theReserveIsNotForOthers() {
        let dispatch = TestedDispatch.running(slots: 1)
        for _ in 1...2 { _ = dispatch.submit(.interactive) }
        #expect(dispatch.submit(.bulk).isEmpty)
        #expect(dispatch.submit(.interactive) == [.send(4, slot: 0)])
        #expect(dispatch.answered(4).isEmpty)
        #expect(dispatch.answered(1) == [.send(3, slot: 0)])
    }

    @Test func prioritiesGoBeforeAge() {
        let dispatch = TestedDispatch(slots: 1) { rules in
            rules.capacity = 1
            rules.interactiveReserve = 0
        }
        for priority in [RequestPriority.bulk, .standard, .interactive, .bulk, .standard, .interactive] {
            _ = dispatch.submit(priority)
        }
        #expect(dispatch.ready(0) == [.send(3, slot: 0)])
        for (answered, next) in [(3, 6), (6, 2), (2, 5), (5, 1), (1, 4)] as [(UInt64, UInt64)] {
            #expect(dispatch.answered(answered) == [.send(next, slot: 0)])
        }
    }

    @Test func clientsTakeTurns() {
        let dispatch = TestedDispatch(slots: 1) { $0.capacity = 1 }
        for client in ["a", "a", "a", "b", "b", "c"] { _ = dispatch.submit(client: client) }
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
        for (answered, next) in [(1, 4), (4, 6), (6, 2), (2, 5), (5, 3)] as [(UInt64, UInt64)] {
            #expect(dispatch.answered(answered) == [.send(next, slot: 0)])
        }
    }
}
