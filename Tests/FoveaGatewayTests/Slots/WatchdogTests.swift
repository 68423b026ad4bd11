import FoveaCore
import FoveaGateway
import Testing

/// Workers that hang.
@Suite struct WatchdogTests {
    private static let silent = SupervisedSlot.Action.kill(reason: "it gave no sign of life")

    @Test func aCallThatHangsIsEnded() {
        let slot = TestedSlot.running(1)
        #expect(slot.heartbeat(callFor: .seconds(99)).isEmpty)
        #expect(
            slot.heartbeat(callFor: .seconds(100))
                == [.kill(reason: "it was stuck: run clip/m/visual ran for 100 s")])
    }

    @Test func aCallThatHangsIsEndedThoughNobodyWaitsForItAnyMore() {
        let slot = TestedSlot.running(1)
        _ = slot.dropped(1)
        #expect(!slot.heartbeat(callFor: .seconds(100)).isEmpty)
    }

    @Test func whatIsBeingKilledIsKilledOnceAndGivenNothing() {
        let slot = TestedSlot.running(1)
        #expect(slot.heartbeat(callFor: .seconds(100)).count == 1)
        #expect(slot.heartbeat(callFor: .seconds(101)).isEmpty)
        slot.pass(.seconds(200))
        #expect(slot.tick().isEmpty)
        #expect(!slot.hasRoom(for: .interactive))
        #expect(slot.adopt(.init(2)).isEmpty)
        #expect(slot.dropped(1).isEmpty)
        #expect(slot.died() == [.launch])
        #expect(slot.ready() == [.send(2)], "Its successor is as good as new")
        #expect(slot.answered(2).isEmpty)
        #expect(slot.hasRoom())
    }

    @Test func silenceAtWorkIsTheEnd() {
        let slot = TestedSlot.running(1)
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [Self.silent])
    }

    @Test func silenceWithoutWorkIsNone() {
        let slot = TestedSlot.running(changing: { $0.idleTime = nil })
        slot.pass(.seconds(1000))
        #expect(slot.tick().isEmpty)
        // The time before there was work does not count.
        _ = slot.take(1)
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [Self.silent])
    }

    @Test func signsOfLifeEndTheSilence() {
        let slot = TestedSlot.running(1, 2)
        slot.pass(.seconds(99))
        #expect(slot.heartbeat().isEmpty)
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty)
        #expect(slot.answered(1).isEmpty)
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [Self.silent])
    }

    @Test func newRequestsAreNoSignsOfLife() {
        let slot = TestedSlot.running(1)
        slot.pass(.seconds(60))
        _ = slot.take(2)
        slot.pass(.seconds(40))
        #expect(slot.tick() == [Self.silent])
    }

    @Test func aSuspectHasItsOwnTime() {
        let slot = TestedSlot.running(1, 2)
        _ = slot.died()
        #expect(slot.ready() == [.send(1)])
        slot.pass(.seconds(99))
        #expect(slot.answered(1) == [.send(2)])
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [Self.silent])
    }

    @Test func aStartThatTakesTooLongIsEnded() {
        let slot = TestedSlot()
        _ = slot.launch()
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [.kill(reason: "it did not start in time")])
        #expect(slot.tick().isEmpty)
        _ = slot.died("it did not start in time")
        #expect(slot.phase == .resting(until: slot.now))
    }

    @Test func anEndThatTakesTooLongIsHastened() {
        let slot = TestedSlot.running()
        _ = slot.overweight()
        slot.pass(.seconds(4))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [.kill(reason: "it did not end")])
        #expect(slot.died("it was ended by signal 9").isEmpty)
        #expect(slot.phase == .stopped, "It was to end anyway")
        #expect(slot.lastError == nil)
    }
}

/// Connections that break.
@Suite struct LossTests {
    private static let kill = SupervisedSlot.Action.kill(reason: "it broke off a request without an answer")

    @Test func mostLikelyTheWorkerIsDying() {
        let slot = TestedSlot.running(1)
        slot.lost(1)
        slot.pass(.seconds(4))
        #expect(slot.tick().isEmpty)
        #expect(slot.died() == [.launch])
        #expect(slot.ready() == [.send(1)])
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty, "Its loss is forgotten")
    }

    @Test func aWorkerThatLivesOnIsEnded() {
        let slot = TestedSlot.running(1, 2)
        slot.lost(1)
        slot.pass(.seconds(5))
        #expect(slot.tick() == [Self.kill])
    }

    @Test func theFirstLossOfARequestCounts() {
        let slot = TestedSlot.running(1)
        slot.lost(1)
        slot.pass(.seconds(4))
        slot.lost(1)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [Self.kill])
    }

    @Test func whoIsNotWaitedForIsNotMissed() {
        let slot = TestedSlot.running(1)
        slot.lost(1)
        _ = slot.dropped(1)
        slot.pass(.seconds(5))
        #expect(slot.tick().isEmpty)
    }

    @Test func whatIsNotThereCannotBeLost() {
        let slot = TestedSlot.running(1)
        _ = slot.died()
        slot.lost(1)
        slot.lost(7)
        #expect(slot.ready() == [.send(1)])
        slot.pass(.seconds(5))
        #expect(slot.tick().isEmpty)
    }
}
