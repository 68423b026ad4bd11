import FoveaCore
import FoveaGateway
import Testing

/// Requests that may not run just anywhere.
@Suite struct RoutedTests {
    private let first = Route([[0], [1]])
    private let second = Route([[1]])

    @Test func aRequestStartsAndWaitsForItsOwn() {
        let dispatch = TestedDispatch.running(slots: 1 + 1)
        #expect(dispatch.submit(on: second) == [.send(1, slot: 1)])
        #expect(dispatch.submit(on: second) == [.send(2, slot: 1)])
        #expect(dispatch.submit(on: second).isEmpty, "Its slot is full, though another is idle")
        #expect(dispatch.state.waiting == 1)
        #expect(dispatch.answered(1) == [.send(3, slot: 1)])
    }

    @Test func whoWaitsForABusySlotKeepsNobodyFromAnIdleOne() {
        let dispatch = TestedDispatch.running(slots: 2)
        for _ in 1...3 { _ = dispatch.submit(on: second) }
        #expect(dispatch.submit(on: first) == [.send(4, slot: 0)])
    }

    @Test func onlyASlotOfTheRouteIsStarted() {
        let dispatch = TestedDispatch(slots: 2)
        #expect(dispatch.submit(on: second) == [.launch(slot: 1)])
        #expect(dispatch.submit(on: first) == [.launch(slot: 0)])
    }

    @Test func theNextGroupIsForWhenTheFirstHasFailed() {
        let dispatch = TestedDispatch(slots: 2) { $0.crashLoopLength = 1 }
        _ = dispatch.submit(on: first)
        // The only death allowed: the slot is out of order.
        let actions = dispatch.died(0)
        #expect(actions.contains(.launch(slot: 1)))
        #expect(dispatch.ready(1) == [.send(1, slot: 1)])
        #expect(dispatch.submit(on: first) == [.send(2, slot: 1)])
    }

    @Test func aRouteWithoutASlotInOrderHasAnEnd() {
        let dispatch = TestedDispatch.running(slots: 2) { $0.crashLoopLength = 1 }
        for _ in 1...3 { _ = dispatch.submit(on: second) }
        let actions = dispatch.died(1)
        let failures = actions.count { if case .fail(_, .noSlot) = $0 { true } else { false } }
        #expect(failures == 3, "Two that it had and one that waited")
        #expect(dispatch.state.waiting == 0)
        #expect(dispatch.submit(on: second) == [.fail(4, .noSlot(reason: "it crashed"))])
        #expect(dispatch.submit(on: first) == [.send(5, slot: 0)])
    }

    @Test func theMoreUrgentGoesFirstWhateverItsRoute() {
        let dispatch = TestedDispatch(slots: 1)
        let one = Route([[0]])
        let other = Route([[0], [0]].reversed())
        _ = dispatch.submit(.bulk, on: one)
        _ = dispatch.submit(.interactive, on: other)
        #expect(dispatch.ready(0).first == .send(2, slot: 0))
    }
}
