import FoveaCore
import FoveaGateway
import FoveaServer
import Testing

/// Requests that services do not answer.
@Suite struct FailOverTests {
    /// `devices: [http://a, http://b, cpu]`, each in its turn.
    private let inTurn = Route([[0], [1], [2]])
    private let silence = "http://big does not answer (it is silent)"

    private func dispatch() -> TestedDispatch { .running(slots: 3, services: [0, 1]) }

    @Test func whatIsDeclinedGoesToTheNextAndComesBackToNone() {
        let dispatch = dispatch()
        #expect(dispatch.submit(on: inTurn) == [.send(1, slot: 0)])
        #expect(dispatch.declined(1, by: 0) == [.send(1, slot: 1)])
        #expect(dispatch.state.slots[0].running == 0)
        #expect(dispatch.declined(1, by: 1) == [.send(1, slot: 2)])
        #expect(dispatch.transitions == [.passedOn(RequestID(1), slot: 0), .passedOn(RequestID(1), slot: 1)])
        #expect(dispatch.answered(1) == [])
        #expect(dispatch.state.running == 0)
        #expect(dispatch.submit(on: inTurn) == [.send(2, slot: 0)], "It declined one request, not all")
    }

    /// One that says it is there, and answers nothing, is not asked first for
    /// ever.
    @Test func whoDeclinesOverAndOverIsLeftAlone() {
        let dispatch = TestedDispatch.running(slots: 2, services: [0])
        let route = Route([[0], [1]])
        for request in 1...4 as ClosedRange<UInt64> {
            _ = dispatch.submit(on: route)
            #expect(dispatch.declined(request, by: 0) == [.send(RequestID(request), slot: 1)])
            _ = dispatch.answered(request)
        }
        _ = dispatch.submit(on: route)
        let reason = "it answers no request: it answers with 500"
        #expect(dispatch.declined(5, by: 0) == [.kill(slot: 0, reason: reason), .send(5, slot: 1)])
        _ = dispatch.answered(5)
        #expect(dispatch.goesAway(0) == [])
        #expect(dispatch.submit(on: route) == [.send(6, slot: 1)])
        _ = dispatch.answered(6)
        // It says that it is there again: one request shows whether it is.
        dispatch.pass(.seconds(1))
        _ = dispatch.tick()
        _ = dispatch.ready(0)
        #expect(dispatch.submit(on: route) == [.send(7, slot: 0)])
        #expect(dispatch.declined(7, by: 0).contains(.kill(slot: 0, reason: reason)))
        _ = dispatch.goesAway(0)
        _ = dispatch.answered(7)
        dispatch.pass(.seconds(1))
        #expect(dispatch.tick() == [], "It rests longer than before")
        dispatch.pass(.seconds(1))
        _ = dispatch.tick()
        _ = dispatch.ready(0)
        #expect(dispatch.submit(on: route) == [.send(8, slot: 0)])
        _ = dispatch.answered(8)
        #expect(dispatch.submit(on: route) == [.send(9, slot: 0)])
        #expect(dispatch.declined(9, by: 0) == [.send(9, slot: 1)], "All is forgiven")
    }

    @Test func whatMayBeTheRequestsFaultIsNotHeldAgainstAService() {
        let dispatch = TestedDispatch.running(slots: 2, services: [0])
        for request in 1...20 as ClosedRange<UInt64> {
            #expect(dispatch.submit(on: Route([[0], [1]])) == [.send(RequestID(request), slot: 0)])
            #expect(dispatch.declined(request, by: 0, reason: nil) == [.send(RequestID(request), slot: 1)])
            _ = dispatch.answered(request)
        }
    }

    @Test func aWorkersTurnIsTheLast() {
        let dispatch = TestedDispatch.running(slots: 2, services: [0])
        _ = dispatch.submit(on: Route([[0], [1]]))
        _ = dispatch.declined(1, by: 0)
        // It is alone with it twice.
        _ = dispatch.died(1)
        _ = dispatch.ready(1)
        #expect(
            dispatch.dieAndRest(1).contains(.fail(1, .crashed(reason: "it crashed"))),
            "A service does not get it back")
    }

    @Test func whereNobodyIsLeftTheRequestEnds() {
        let dispatch = TestedDispatch.running(slots: 2, services: [0, 1])
        let shared = Route([[0, 1]])
        _ = dispatch.submit(on: shared)
        #expect(dispatch.declined(1, by: 0) == [.send(1, slot: 1)])
        #expect(dispatch.declined(1, by: 1) == [.fail(1, .away(reason: "no worker could be started"))])
        #expect(dispatch.state.running == 0)
        #expect(dispatch.state.waiting == 0)
    }

    @Test func servicesOfAGroupShareTheWork() {
        let dispatch = dispatch()
        let shared = Route([[0, 1], [2]])
        #expect(dispatch.submit(on: shared) == [.send(1, slot: 0)])
        #expect(dispatch.submit(on: shared) == [.send(2, slot: 1)])
        #expect(dispatch.goesAway(0) == [.send(1, slot: 1)])
        #expect(dispatch.submit(on: shared) == [], "Who is away has no turn, but the other one has")
        #expect(dispatch.goesAway(1).count == 2, "Two run at once on the last slot")
    }

    @Test func allThatAServiceHadOrThatWaitedForItGoesOnAndTheOldestFirst() {
        let dispatch = TestedDispatch.running(slots: 2, services: [0])
        let route = Route([[0], [1]])
        for _ in 1...5 { _ = dispatch.submit(on: route) }
        #expect(dispatch.state.slots[0].running == 2)
        #expect(dispatch.state.waiting == 3)
        #expect(dispatch.goesAway(0) == [.send(1, slot: 1), .send(2, slot: 1)])
        #expect(dispatch.state.slots[1].waiting == 0, "None of them is a suspect")
        #expect(dispatch.answered(1) == [.send(3, slot: 1)])
        #expect(dispatch.submit(on: route) == [])
        #expect(dispatch.answered(2) == [.send(4, slot: 1)])
    }

    @Test func whileItIsAwayNobodyWaitsForIt() {
        let dispatch = TestedDispatch(slots: 2, services: [0])
        #expect(dispatch.tick() == [.launch(slot: 0)])
        let route = Route([[0], [1]])
        #expect(dispatch.submit(on: route) == [], "It may answer any moment")
        #expect(dispatch.goesAway(0) == [.launch(slot: 1)])
        #expect(dispatch.ready(1) == [.send(1, slot: 1)])
        dispatch.pass(.seconds(1))
        #expect(dispatch.tick() == [.launch(slot: 0)])
        #expect(dispatch.submit(on: route) == [.send(2, slot: 1)], "It is asked, but was away")
        #expect(dispatch.ready(0) == [])
        #expect(dispatch.submit(on: route) == [.send(3, slot: 0)])
    }

    @Test func aRouterWaitsForTheFirstWordOfItsServices() {
        let dispatch = TestedDispatch(slots: 2, services: [0, 1])
        let route = Route([[0, 1]])
        #expect(dispatch.submit(on: route) == [.launch(slot: 0)])
        #expect(dispatch.tick() == [.launch(slot: 1)])
        #expect(dispatch.goesAway(0) == [])
        #expect(dispatch.ready(1) == [.send(1, slot: 1)])
        #expect(dispatch.state.isAvailable)
    }

    @Test func whereNoServiceAnswersTheEndSaysWhy() {
        let dispatch = TestedDispatch(slots: 2, services: [0, 1])
        let route = Route([[0, 1]])
        _ = dispatch.tick()
        _ = dispatch.submit(on: route)
        _ = dispatch.goesAway(0)
        #expect(dispatch.goesAway(1) == [.fail(1, .away(reason: silence))])
        #expect(!dispatch.state.isAvailable)
        #expect(dispatch.submit(on: route) == [.fail(2, .away(reason: silence))], "At once")
        dispatch.pass(.seconds(1))
        _ = dispatch.tick()
        _ = dispatch.ready(0)
        #expect(dispatch.state.isAvailable)
        #expect(dispatch.submit(on: route) == [.send(3, slot: 0)])
    }

    @Test func thatItIsStillAwayIsNoNews() {
        let dispatch = TestedDispatch(slots: 1, services: [0])
        for _ in 0..<10 {
            _ = dispatch.tick()
            _ = dispatch.goesAway(0)
            dispatch.pass(.seconds(10))
        }
        _ = dispatch.tick()
        _ = dispatch.ready(0)
        _ = dispatch.goesAway(0)
        let died = DispatchState.Transition.died(slot: 0, TestedDispatch.silence, running: 0)
        #expect(dispatch.transitions == [died, .ready(slot: 0), died])
    }

    @Test func whatWasPassedOnWhileItWasUnderWayCountsOnce() {
        let dispatch = dispatch()
        _ = dispatch.submit(on: inTurn)
        #expect(dispatch.goesAway(0) == [.send(1, slot: 1)])
        #expect(dispatch.declined(1, by: 0) == [], "It has moved on already")
        #expect(dispatch.state.slots[1].running == 1)
        #expect(dispatch.answered(1) == [])
        #expect(dispatch.declined(1, by: 1) == [])
        #expect(dispatch.state.running == 0)
    }

    @Test func anAnswerAfterAllIsAnAnswer() {
        let dispatch = TestedDispatch(slots: 2, services: [0])
        _ = dispatch.tick()
        _ = dispatch.ready(0)
        _ = dispatch.submit(on: Route([[0], [1]]))
        #expect(dispatch.goesAway(0) == [.launch(slot: 1)])
        #expect(dispatch.answered(1) == [])
        #expect(dispatch.state.waiting == 0)
        #expect(dispatch.ready(1) == [])
    }

    @Test func whatACrashLoopLeavesIsRunByAService() {
        let dispatch = TestedDispatch.running(slots: 2, services: [1])
        let route = Route([[0], [1]])
        for _ in 1...2 { _ = dispatch.submit(on: route) }
        var actions: [DispatchState.Action] = []
        while !dispatch.state.slots[0].isFailed {
            actions = dispatch.dieAndRest(0)
            // It dies before it has anything to do.
        }
        #expect(actions == [.send(1, slot: 1), .send(2, slot: 1)], "There they need not be alone")
    }

    @Test func atTheEndServicesAreNotAskedAnyMore() {
        let dispatch = TestedDispatch.running(slots: 2, services: [0, 1])
        _ = dispatch.submit(on: Route([[0]]))
        #expect(dispatch.shutDown() == [.fail(1, .shutDown), .stop(slot: 0), .stop(slot: 1)])
        #expect(dispatch.goesAway(0) == [])
        dispatch.pass(.seconds(100))
        #expect(dispatch.tick() == [])
    }
}
