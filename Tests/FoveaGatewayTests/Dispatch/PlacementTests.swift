import FoveaGateway
import FoveaMetrics
import Testing

/// Which slot a request goes to, and when another worker is started.
@Suite struct PlacementTests {
    @Test func theFirstRequestStartsAWorkerAndWaitsForIt() {
        let dispatch = TestedDispatch(slots: 2)
        #expect(dispatch.submit() == [.launch(slot: 0)])
        #expect(dispatch.state.waiting == 1)
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
        #expect(dispatch.state.waiting == 0)
        #expect(dispatch.state.running == 1)
        #expect(dispatch.transitions == [.starting(slot: 0), .ready(slot: 0)])
    }

    @Test func oneWorkerIsStartedAtATime() {
        let dispatch = TestedDispatch(slots: 3)
        #expect(dispatch.submit() == [.launch(slot: 0)])
        for _ in 1...5 { #expect(dispatch.submit().isEmpty) }
        // One takes two; who waits on has the next started.
        #expect(
            dispatch.ready(0) == [.send(1, slot: 0), .launch(slot: 1), .send(2, slot: 0)])
        #expect(
            dispatch.ready(1) == [.send(3, slot: 1), .launch(slot: 2), .send(4, slot: 1)])
        #expect(dispatch.ready(2) == [.send(5, slot: 2), .send(6, slot: 2)])
    }

    @Test func aFreeWorkerIsPreferredToANewOne() {
        let dispatch = TestedDispatch(slots: 2)
        _ = dispatch.warm(0)
        _ = dispatch.ready(0)
        #expect(dispatch.submit() == [.send(1, slot: 0)], "It had nothing to do")
        // Two at a time are quicker side by side: the next will find a worker.
        #expect(dispatch.submit() == [.launch(slot: 1), .send(2, slot: 0)])
        #expect(dispatch.submit().isEmpty)
        #expect(dispatch.ready(1) == [.send(3, slot: 1)])
    }

    @Test func theLeastBusyIsChosen() {
        let dispatch = TestedDispatch.running(slots: 3)
        #expect(dispatch.submit() == [.send(1, slot: 0)])
        #expect(dispatch.submit() == [.send(2, slot: 1)])
        #expect(dispatch.submit() == [.send(3, slot: 2)])
        #expect(dispatch.answered(2).isEmpty)
        #expect(dispatch.submit() == [.send(4, slot: 1)])
        #expect(dispatch.submit() == [.send(5, slot: 0)])
    }

    @Test func whatFindsNoRoomWaits() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        _ = dispatch.submit()
        #expect(dispatch.submit().isEmpty)
        #expect(dispatch.submit().isEmpty)
        #expect(dispatch.state.queue.count == 2)
        #expect(dispatch.answered(2) == [.send(3, slot: 0)])
        #expect(dispatch.dropped(1) == [.send(4, slot: 0)])
    }

    @Test func whoGoesAwayIsOutOfTheQueueAtOnce() {
        let dispatch = TestedDispatch(slots: 1)
        _ = dispatch.submit()
        _ = dispatch.submit()
        #expect(dispatch.dropped(1).isEmpty)
        #expect(dispatch.state.waiting == 1)
        #expect(dispatch.ready(0) == [.send(2, slot: 0)])
        #expect(dispatch.dropped(1).isEmpty)
        #expect(dispatch.answered(1).isEmpty)
    }

    @Test func aWorkerThatRestsIsStartedWhenItMayBe() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.died(0)
        _ = dispatch.warm(0)
        _ = dispatch.died(0)
        #expect(dispatch.submit().isEmpty)
        dispatch.pass(.milliseconds(499))
        #expect(dispatch.tick().isEmpty)
        dispatch.pass(.milliseconds(1))
        #expect(dispatch.tick() == [.launch(slot: 0)])
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
    }

    @Test func anotherSlotStandsInForOneThatRests() {
        let dispatch = TestedDispatch.running(slots: 1 + 1)
        for _ in 1...2 {
            _ = dispatch.died(0)
            _ = dispatch.warm(0)
        }
        _ = dispatch.died(0)
        #expect(dispatch.submit() == [.send(1, slot: 1)])
    }

    @Test func aWorkerThatStoppedIsStartedByTheNextRequest() {
        let dispatch = TestedDispatch.running(slots: 1)
        dispatch.pass(.seconds(60))
        #expect(dispatch.tick() == [.stop(slot: 0)])
        #expect(dispatch.submit().isEmpty, "It is still there")
        #expect(dispatch.died(0, Death(.exited, "it exited with status 0")) == [.launch(slot: 0)])
        #expect(dispatch.ready(0) == [.send(1, slot: 0)])
        #expect(
            dispatch.transitions == [
                .stopping(slot: 0), .stopped(slot: 0), .starting(slot: 0), .ready(slot: 0),
            ])
    }

    @Test func aWorkerThatWeighsTooMuchIsReplaced() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        #expect(dispatch.overweight(0).isEmpty)
        #expect(dispatch.submit().isEmpty)
        #expect(dispatch.answered(1) == [.stop(slot: 0)])
        #expect(dispatch.died(0, Death(.exited, "it exited with status 0")) == [.launch(slot: 0)])
        #expect(dispatch.ready(0) == [.send(2, slot: 0)])
    }

    @Test func readinessOutOfTurnIsIgnored() {
        let dispatch = TestedDispatch.running(slots: 1)
        #expect(dispatch.ready(0).isEmpty)
        #expect(dispatch.transitions.isEmpty)
    }
}
