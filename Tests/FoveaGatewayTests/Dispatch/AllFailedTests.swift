import FoveaGateway
import FoveaMetrics
import Testing

/// When no slot is left.
@Suite struct AllFailedTests {
    private static let noSlot = DispatchState.Failure.noSlot(reason: "it cannot start: no engine")
    private static let death = Death(.startFailed, "it cannot start: no engine")

    @Test func whoWaitsIsToldWhy() {
        let dispatch = TestedDispatch(slots: 1)
        _ = dispatch.submit()
        _ = dispatch.submit()
        for _ in 1...4 {
            _ = dispatch.died(0, Self.death)
            dispatch.pass(.seconds(5))
            _ = dispatch.tick()
        }
        #expect(dispatch.state.isAvailable)
        #expect(dispatch.died(0, Self.death) == [.fail(1, Self.noSlot), .fail(2, Self.noSlot)])
        #expect(!dispatch.state.isAvailable)
        #expect(dispatch.state.waiting == 0)
    }

    @Test func whatWasRunningIsToldToo() {
        let dispatch = TestedDispatch.running(slots: 1)
        for _ in 1...4 {
            _ = dispatch.died(0, Self.death)
            dispatch.pass(.seconds(5))
            _ = dispatch.warm(0)
        }
        _ = dispatch.ready(0)
        for _ in 1...3 { _ = dispatch.submit() }
        #expect(dispatch.died(0, Self.death) == [1, 2, 3].map { .fail($0, Self.noSlot) })
        #expect(dispatch.state.waiting + dispatch.state.running == 0)
    }

    @Test func whoComesIsToldAtOnce() {
        let dispatch = TestedDispatch(slots: 2)
        dispatch.fail(0, Self.death)
        #expect(dispatch.state.isAvailable)
        dispatch.fail(1, Self.death)
        #expect(!dispatch.state.isAvailable)
        #expect(dispatch.submit() == [.fail(1, Self.noSlot)])
        #expect(dispatch.state.waiting == 0)
    }

    @Test func oneSlotIsEnough() {
        let dispatch = TestedDispatch(slots: 2)
        dispatch.fail(0)
        #expect(dispatch.submit() == [.launch(slot: 1)])
        #expect(dispatch.ready(1) == [.send(1, slot: 1)])
    }

    @Test func aFailedSlotIsTriedOnceMore() {
        let dispatch = TestedDispatch(slots: 1)
        dispatch.fail(0, Self.death)
        dispatch.pass(.seconds(300))
        #expect(dispatch.tick().isEmpty)
        #expect(dispatch.state.isAvailable)
        #expect(dispatch.submit() == [.launch(slot: 0)])
        #expect(dispatch.died(0, Self.death) == [.fail(1, Self.noSlot)], "One more death is enough")
        #expect(!dispatch.state.isAvailable)
        dispatch.pass(.seconds(300))
        _ = dispatch.tick()
        #expect(dispatch.submit() == [.launch(slot: 0)])
        #expect(dispatch.ready(0) == [.send(2, slot: 0)])
        #expect(dispatch.answered(2).isEmpty)
        _ = dispatch.submit()
        #expect(dispatch.died(0) == [.launch(slot: 0)], "It is what it was")
    }
}
