import FoveaCore
import FoveaGateway
import Testing

/// Workers that take more memory than they may.
@Suite struct OverweightTests {
    @Test func anIdleOneEndsAtOnce() {
        let slot = TestedSlot.running()
        #expect(slot.overweight() == [.stop])
        #expect(slot.phase == .stopping(since: slot.now))
        #expect(slot.overweight().isEmpty)
    }

    @Test func aBusyOneEndsWhatItHas() {
        let slot = TestedSlot.running(1, 2)
        #expect(slot.overweight().isEmpty)
        #expect(!slot.hasRoom(for: .interactive))
        #expect(slot.answered(1).isEmpty)
        #expect(slot.overweight().isEmpty)
        #expect(slot.answered(2) == [.stop])
    }

    @Test func aRequestThatIsDroppedIsDoneWith() {
        let slot = TestedSlot.running(1)
        _ = slot.overweight()
        #expect(slot.dropped(1) == [.stop])
    }

    @Test func itsSuccessorIsNotMeant() {
        let slot = TestedSlot.running()
        _ = slot.overweight()
        _ = slot.died("it exited with status 0")
        #expect(slot.launch() == [.launch])
        _ = slot.ready()
        #expect(slot.hasRoom())
        _ = slot.take(1)
        #expect(slot.answered(1).isEmpty)
    }

    @Test func requestsThatRunAloneAreFinishedFirst() {
        let slot = TestedSlot.running(1, 2)
        _ = slot.died()
        #expect(slot.ready() == [.send(1)])
        #expect(slot.overweight().isEmpty)
        #expect(slot.answered(1) == [.send(2)])
        #expect(slot.answered(2) == [.stop])
    }

    @Test func aDeathOnTheWayIsADeath() {
        let slot = TestedSlot.running(1)
        _ = slot.overweight()
        #expect(slot.died() == [.launch])
        #expect(slot.lastError == "it crashed")
        #expect(slot.ready() == [.send(1)])
        #expect(slot.answered(1).isEmpty, "And the weight has gone with it")
    }

    @Test func onlyARunningOneIsMeant() {
        let slot = TestedSlot()
        #expect(slot.overweight().isEmpty)
        _ = slot.launch()
        #expect(slot.overweight().isEmpty)
        _ = slot.ready()
        #expect(slot.hasRoom())
    }
}

/// Requests that nobody waits for any more.
@Suite struct DropTests {
    @Test func theWorkerHasRoomAgain() {
        let slot = TestedSlot.running(1, 2, 3, 4)
        #expect(!slot.hasRoom())
        #expect(slot.dropped(2).isEmpty)
        #expect(slot.hasRoom())
        #expect(slot.running == 3)
    }

    @Test func itsAnswerIsNoNews() {
        let slot = TestedSlot.running(1)
        _ = slot.dropped(1)
        #expect(slot.answered(1).isEmpty)
        #expect(slot.running == 0)
    }

    @Test func theOneThatIsLeftIsAlone() {
        let slot = TestedSlot.running(1, 2)
        _ = slot.dropped(1)
        #expect(slot.dieAndComeBack() == [.send(2)])
        #expect(slot.dieAndComeBack() == [.giveUp(2)], "Both deaths were while it ran alone")
    }

    @Test func whatIsNotThereCannotBeDropped() {
        let slot = TestedSlot.running(1)
        #expect(slot.dropped(7).isEmpty)
        #expect(slot.running == 1)
    }
}
