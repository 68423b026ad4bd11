import FoveaCore
import FoveaGateway
import Testing

/// What becomes of the requests that a worker had when it died.
@Suite struct RetryAloneTests {
    @Test func eachRunsAgainAloneOldestFirst() {
        let slot = TestedSlot.running(2, 1, 3)
        #expect(slot.died() == [.launch], "After a first death, at once")
        #expect(slot.running == 0)
        #expect(slot.waiting == 3)
        #expect(slot.ready() == [.send(1)])
        #expect(slot.running == 1)
        #expect(!slot.hasRoom(for: .interactive))
        #expect(slot.answered(1) == [.send(2)])
        #expect(!slot.hasRoom())
        #expect(slot.answered(2) == [.send(3)])
        #expect(!slot.hasRoom(), "The last one is alone too")
        #expect(slot.answered(3).isEmpty)
        #expect(slot.hasRoom())
    }

    @Test func theRestIsWaitedFor() {
        let slot = TestedSlot.running()
        #expect(slot.dieAndComeBack().isEmpty)
        _ = slot.take(1)
        #expect(slot.died().isEmpty)
        slot.pass(.milliseconds(499))
        #expect(slot.tick().isEmpty)
        slot.pass(.milliseconds(1))
        #expect(slot.tick() == [.launch])
        #expect(slot.ready() == [.send(1)])
    }

    @Test func theSecondDeathOfARequestThatRanAloneIsItsLast() {
        let slot = TestedSlot.running(1)
        #expect(slot.dieAndComeBack() == [.send(1)])
        #expect(slot.dieAndComeBack() == [.giveUp(1)])
        #expect(slot.hasRoom(), "The slot works as before")
        #expect(slot.take(2) == [.send(2)])
    }

    @Test func aDeathInCompanyDoesNotCount() {
        let slot = TestedSlot.running(1, 2)
        #expect(slot.dieAndComeBack() == [.send(1)])
        #expect(slot.dieAndComeBack() == [.send(1)], "Tried again before those behind it")
        #expect(slot.dieAndComeBack() == [.giveUp(1), .send(2)])
        #expect(slot.answered(2).isEmpty)
        #expect(slot.hasRoom())
    }

    @Test func theReasonIsThatOfTheLastDeath() {
        let slot = TestedSlot.running(1)
        #expect(slot.dieAndComeBack() == [.send(1)])
        #expect(slot.died("it was stuck") == [.giveUp(1, reason: "it was stuck")])
    }

    @Test func oneMayBeMadeToDieOnlyOnce() {
        let slot = TestedSlot.running(1, changing: { $0.deathsAllowed = 1 })
        #expect(slot.dieAndComeBack() == [.giveUp(1)])
    }

    @Test func aDeathAtTheStartIsNobodysFault() {
        let slot = TestedSlot.running(1)
        _ = slot.died()
        // Two workers in a row do not become ready.
        for _ in 1...2 {
            _ = slot.died("it cannot start")
            slot.pass(.seconds(30))
            #expect(slot.tick() == [.launch])
        }
        #expect(slot.ready() == [.send(1)])
        // One death was its own before; this is the second.
        #expect(slot.died().first == .giveUp(1))
    }

    @Test func whoIsNotWaitedForAnyMoreIsNotRunAgain() {
        let slot = TestedSlot.running(1, 2, 3)
        _ = slot.died()
        #expect(slot.dropped(2).isEmpty)
        #expect(slot.ready() == [.send(1)])
        #expect(slot.dropped(1) == [.send(3)])
        #expect(slot.dropped(3).isEmpty)
        #expect(slot.hasRoom())
    }

    @Test func anAnswerThatWasOnItsWayIsTaken() {
        // The worker answered 1 and then died; the answer arrived after the
        // news of the death.
        let slot = TestedSlot.running(1, 2)
        _ = slot.died()
        #expect(slot.answered(1).isEmpty)
        #expect(slot.waiting == 1)
        #expect(slot.ready() == [.send(2)], "Nobody waits for 1 any more")
        #expect(slot.answered(2).isEmpty)
        #expect(slot.hasRoom())
    }
}

/// Requests whose own slot has failed.
@Suite struct AdoptionTests {
    @Test func aRunningSlotRunsThemAtOnce() {
        let slot = TestedSlot.running()
        #expect(slot.adopt(.init(1), .init(2)) == [.send(1)])
        #expect(slot.answered(1) == [.send(2)])
    }

    @Test func aBusySlotEndsWhatItHasFirst() {
        let slot = TestedSlot.running(1, 2)
        #expect(slot.adopt(.init(3)).isEmpty)
        #expect(!slot.hasRoom(for: .interactive), "Nothing new keeps them waiting")
        #expect(slot.answered(1).isEmpty)
        #expect(slot.answered(2) == [.send(3)])
        #expect(slot.answered(3).isEmpty)
        #expect(slot.hasRoom())
    }

    @Test func aSlotWithoutAWorkerStartsOne() {
        let slot = TestedSlot()
        #expect(slot.adopt(.init(1)) == [.launch])
        #expect(slot.ready() == [.send(1)])
    }

    @Test func aSlotThatStopsStartsAnotherWorkerThen() {
        let slot = TestedSlot.running()
        _ = slot.overweight()
        #expect(slot.adopt(.init(1)).isEmpty)
        #expect(slot.died("it exited with status 0") == [.launch])
        #expect(slot.ready() == [.send(1)])
    }

    @Test func aSlotThatRestsStartsOneLater() {
        let slot = TestedSlot.running()
        #expect(slot.dieAndComeBack().isEmpty)
        _ = slot.died()
        #expect(slot.adopt(.init(1)).isEmpty)
        slot.pass(.milliseconds(500))
        #expect(slot.tick() == [.launch])
    }

    @Test func deathsElsewhereCount() {
        let slot = TestedSlot.running()
        #expect(slot.adopt(.init(1, deaths: 1)) == [.send(1)])
        #expect(slot.died() == [.giveUp(1)])
    }
}
