import FoveaGateway
import FoveaMetrics
import Testing

/// What becomes of requests whose worker died, across slots.
@Suite struct RetryTests {
    @Test func theyRunAgainOnTheirOwnSlot() {
        let dispatch = TestedDispatch.running(slots: 2)
        for _ in 1...4 { _ = dispatch.submit() }  // 1 and 3 on slot 0
        #expect(dispatch.died(0) == [.launch(slot: 0)])
        #expect(
            dispatch.transitions == [
                .died(slot: 0, TestedDispatch.death, running: 2), .starting(slot: 0),
            ])
        #expect(dispatch.state.waiting == 2)
        #expect(dispatch.state.running == 2)
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
        #expect(dispatch.transitions.last == .retrying(RequestID(1), slot: 0))
        #expect(dispatch.submit().isEmpty, "Nobody joins it")
        #expect(dispatch.answered(1) == [.send(3, slot: 0)])
        #expect(dispatch.answered(3) == [.send(5, slot: 0)])
    }

    @Test func meanwhileTheOtherSlotGoesOn() {
        let dispatch = TestedDispatch.running(slots: 2)
        for _ in 1...4 { _ = dispatch.submit() }
        _ = dispatch.died(0)
        _ = dispatch.ready(0)
        #expect(dispatch.answered(2).isEmpty)
        #expect(dispatch.submit() == [.send(5, slot: 1)])
    }

    @Test func theRequestToBlameIsEnded() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        #expect(dispatch.dieAndRest(0) == [.launch(slot: 0)])
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
        #expect(dispatch.died(0) == [.fail(1, .crashed(reason: "it crashed"))])
        #expect(dispatch.state.waiting + dispatch.state.running == 0)
        #expect(dispatch.answered(1).isEmpty)
        // The slot works as before.
        dispatch.pass(.milliseconds(500))
        #expect(dispatch.submit() == [.launch(slot: 0)])
        #expect(dispatch.ready(0) == [.send(2, slot: 0)])
        #expect(dispatch.submit() == [.send(3, slot: 0)])
    }

    @Test func whoIsNotWaitedForAnyMoreIsNotRunAgain() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        _ = dispatch.submit()
        _ = dispatch.died(0)
        #expect(dispatch.dropped(1).isEmpty)
        #expect(dispatch.ready(0) == [.send(2, slot: 0)])
        #expect(dispatch.submit().isEmpty)
        #expect(dispatch.dropped(2) == [.send(3, slot: 0)])
    }

    @Test func anAnswerThatWasOnItsWayIsTaken() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        _ = dispatch.submit()
        _ = dispatch.died(0)
        #expect(dispatch.answered(2).isEmpty)
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
        #expect(dispatch.answered(1).isEmpty)
        #expect(dispatch.state.waiting + dispatch.state.running == 0)
    }

    @Test func aWorkerThatHangsIsKilledAndItsRequestsRunAgain() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        let reason = "it was stuck: run m ran for 100 s"
        #expect(dispatch.heartbeat(0, callFor: .seconds(100)) == [.kill(slot: 0, reason: reason)])
        #expect(dispatch.heartbeat(0, callFor: .seconds(101)).isEmpty)
        #expect(dispatch.submit().isEmpty, "It is given nothing more")
        #expect(dispatch.died(0, Death(.silent, reason)) == [.launch(slot: 0)])
        #expect(dispatch.transitions.first == .killing(slot: 0, reason: reason))
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
        #expect(dispatch.heartbeat(0, callFor: .seconds(100)) == [.kill(slot: 0, reason: reason)])
        #expect(dispatch.died(0, Death(.silent, reason)) == [.fail(1, .crashed(reason: reason))])
        dispatch.pass(.milliseconds(500))
        #expect(dispatch.tick() == [.launch(slot: 0)])
        #expect(dispatch.ready(0) == [.send(2, slot: 0)])
    }
}

/// What becomes of requests whose slot fails.
@Suite struct RehomingTests {
    /// Slot 0 of these has died four times, and the next time fails.
    private func worn(slots: Int) -> TestedDispatch {
        let dispatch = TestedDispatch.running(slots: slots)
        for _ in 1...4 {
            _ = dispatch.died(0)
            dispatch.pass(.seconds(5))
            _ = dispatch.warm(0)
        }
        _ = dispatch.ready(0)
        return dispatch
    }

    @Test func anotherSlotRunsThemAlone() {
        let dispatch = worn(slots: 2)
        for _ in 1...3 { _ = dispatch.submit() }  // 1 and 3 on slot 0, 2 on slot 1
        #expect(dispatch.died(0).isEmpty)
        #expect(dispatch.state.slots[0].isFailed)
        #expect(dispatch.state.isAvailable)
        #expect(
            dispatch.transitions.suffix(2) == [
                .died(slot: 0, TestedDispatch.death, running: 2), .failed(slot: 0, reason: "it crashed"),
            ])
        #expect(dispatch.state.waiting == 2)
        #expect(dispatch.answered(2) == [.send(1, slot: 1)])
        #expect(dispatch.transitions.last == .retrying(RequestID(1), slot: 1))
        #expect(dispatch.submit().isEmpty)
        #expect(dispatch.answered(1) == [.send(3, slot: 1)])
        #expect(dispatch.answered(3) == [.send(4, slot: 1)])
    }

    @Test func aWorkerIsStartedForThem() {
        let dispatch = TestedDispatch(slots: 2)
        for _ in 1...4 {
            _ = dispatch.warm(0)
            _ = dispatch.died(0)
            dispatch.pass(.seconds(5))
        }
        _ = dispatch.warm(0)
        _ = dispatch.ready(0)
        #expect(dispatch.submit() == [.send(1, slot: 0)])
        #expect(dispatch.died(0) == [.launch(slot: 1)])
        #expect(dispatch.ready(1) == [.send(1, slot: 1)])
    }

    @Test func theLeastBusySlotIsChosen() {
        let dispatch = worn(slots: 3)
        for _ in 1...4 { _ = dispatch.submit() }  // 1 and 4 on slot 0, 2 on slot 1, 3 on slot 2
        #expect(dispatch.answered(3).isEmpty)
        #expect(dispatch.died(0) == [.send(1, slot: 2)])
    }

    @Test func deathsOnBothSlotsCount() {
        let dispatch = worn(slots: 2)
        _ = dispatch.submit()
        #expect(dispatch.died(0) == [.send(1, slot: 1)])
        #expect(dispatch.died(1) == [.fail(1, .crashed(reason: "it crashed"))])
    }

    @Test func theyMayBeDroppedThere() {
        let dispatch = worn(slots: 2)
        for _ in 1...3 { _ = dispatch.submit() }
        _ = dispatch.died(0)
        #expect(dispatch.dropped(1).isEmpty)
        #expect(dispatch.answered(2) == [.send(3, slot: 1)])
        #expect(dispatch.dropped(3).isEmpty)
        #expect(dispatch.submit() == [.send(4, slot: 1)])
    }

    @Test func whatWaitsInTheQueueWaitsOn() {
        let dispatch = worn(slots: 2)
        for _ in 1...5 { _ = dispatch.submit() }  // 5 waits
        _ = dispatch.died(0)
        #expect(dispatch.state.queue.count == 1)
        _ = dispatch.answered(2)
        #expect(dispatch.answered(4) == [.send(1, slot: 1)])
        #expect(dispatch.answered(1) == [.send(3, slot: 1)])
        #expect(dispatch.answered(3) == [.send(5, slot: 1)])
    }
}
