import FoveaGateway
import FoveaMetrics
import Testing

/// The end of the gateway.
@Suite struct ShutdownTests {
    @Test func everyRequestIsToldAndEveryWorkerLetGo() {
        let dispatch = TestedDispatch.running(slots: 2) { $0.capacity = 1 }
        for _ in 1...4 { _ = dispatch.submit() }  // 3 and 4 wait
        #expect(
            dispatch.shutDown()
                == [1, 2, 3, 4].map { .fail($0, .shutDown) } + [.stop(slot: 0), .stop(slot: 1)])
        #expect(dispatch.state.waiting + dispatch.state.running == 0)
        #expect(!dispatch.state.isAvailable)
    }

    @Test func thoseThatWereToRunAloneAreToldToo() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.submit()
        _ = dispatch.submit()
        _ = dispatch.died(0)
        #expect(dispatch.shutDown() == [.fail(1, .shutDown), .fail(2, .shutDown), .stop(slot: 0)])
    }

    @Test func nothingNewIsTaken() {
        let dispatch = TestedDispatch.running(slots: 1)
        _ = dispatch.shutDown()
        #expect(dispatch.submit() == [.fail(1, .shutDown)])
    }

    @Test func noWorkerIsStartedAnyMore() {
        let dispatch = TestedDispatch.running(slots: 2) { $0.capacity = 1 }
        for _ in 1...4 { _ = dispatch.submit() }
        _ = dispatch.shutDown()
        // Not for what they had, whether they were told or crashed before.
        #expect(dispatch.died(0, Death(.exited, "it exited with status 0")).isEmpty)
        #expect(dispatch.died(1, Death(.crashed, "it was ended by signal 11")).isEmpty)
        dispatch.pass(.seconds(1000))
        #expect(dispatch.tick().isEmpty)
        #expect(dispatch.answered(1).isEmpty)
        #expect(dispatch.dropped(2).isEmpty)
        #expect(dispatch.state.slots.allSatisfy { $0.phase == .stopped })
        #expect(
            dispatch.transitions.suffix(2) == [.stopped(slot: 0), .stopped(slot: 1)],
            "An end that was asked for is no death")
    }

    @Test func aWorkerThatStartsIsLetGo() {
        let dispatch = TestedDispatch(slots: 2)
        _ = dispatch.submit()
        #expect(dispatch.shutDown() == [.fail(1, .shutDown), .stop(slot: 0)])
        #expect(dispatch.ready(0).isEmpty)
        #expect(dispatch.died(0).isEmpty)
    }
}
