import FoveaCore
import FoveaGateway
import Testing

/// Workers that die over and over.
@Suite struct CrashLoopTests {
    private func failed(_ requests: UInt64...) -> (slot: TestedSlot, last: [SupervisedSlot.Action]) {
        let slot = TestedSlot.running()
        for _ in 1...4 { #expect(slot.dieAndComeBack().isEmpty) }
        for request in requests { _ = slot.take(request) }
        return (slot, slot.died("it was ended by signal 6"))
    }

    @Test func fiveDeathsWithoutAnAnswerAreALoop() {
        let (slot, last) = failed()
        #expect(last.isEmpty)
        #expect(
            slot.phase
                == .failed(reason: "it was ended by signal 6", until: slot.now.advanced(by: .seconds(300))))
        #expect(slot.lastError == "it was ended by signal 6")
        #expect(!slot.mayLaunch)
        #expect(slot.launch().isEmpty)
        #expect(!slot.hasRoom(for: .interactive))
    }

    @Test func itsRequestsAreHandedBack() {
        let (slot, last) = failed(1, 2)
        #expect(last == [.handBack([.init(1), .init(2)])])
        #expect(slot.running == 0)
        #expect(slot.waiting == 0)
    }

    @Test func whatTheyHaveDoneIsHandedOnWithThem() {
        let (_, last) = failed(1)
        #expect(last == [.handBack([.init(1, deaths: 1)])])
    }

    @Test func theOneToBlameIsNotHandedBack() {
        let slot = TestedSlot.running(1, 2, 3)
        #expect(slot.dieAndComeBack() == [.send(1)])
        #expect(slot.dieAndComeBack() == [.send(1)])
        #expect(slot.dieAndComeBack() == [.giveUp(1), .send(2)])
        #expect(slot.dieAndComeBack() == [.send(2)])
        #expect(slot.died() == [.giveUp(2), .handBack([.init(3)])])
        #expect(slot.isFailed)
    }

    @Test func anAnswerBetweenThemMakesItNone() {
        let slot = TestedSlot.running()
        for request: UInt64 in 1...20 {
            for _ in 1...4 { #expect(slot.dieAndComeBack().isEmpty) }
            _ = slot.take(request)
            #expect(slot.answered(request).isEmpty)
        }
        #expect(slot.isRunning)
        #expect(slot.restarts == 80)
    }

    @Test func aRequestThatIsDroppedIsNoAnswer() {
        let slot = TestedSlot.running()
        for request: UInt64 in 1...4 {
            _ = slot.take(request)
            _ = slot.dropped(request)
            #expect(slot.dieAndComeBack().isEmpty)
        }
        _ = slot.died()
        #expect(slot.isFailed)
    }

    @Test func aWorkerThatWasToldToEndHasNotDied() {
        let slot = TestedSlot.running()
        for _ in 1...10 {
            #expect(slot.overweight() == [.stop])
            #expect(slot.died("it exited with status 0").isEmpty)
            #expect(slot.phase == .stopped)
            #expect(slot.launch() == [.launch])
            _ = slot.ready()
        }
        #expect(slot.restarts == 0)
    }

    @Test func itIsTriedOnceMoreAfterAWhile() {
        let (slot, _) = failed()
        slot.pass(.seconds(299))
        #expect(slot.tick().isEmpty)
        #expect(slot.isFailed)
        slot.pass(.seconds(1))
        #expect(slot.tick().isEmpty, "When somebody needs it")
        #expect(!slot.isFailed)
        #expect(slot.launch() == [.launch])
        _ = slot.died("it cannot start")
        #expect(
            slot.phase == .failed(reason: "it cannot start", until: slot.now.advanced(by: .seconds(300))),
            "One more death is enough")
    }

    @Test func anAnswerMakesItWhatItWas() {
        let (slot, _) = failed()
        slot.pass(.seconds(300))
        _ = slot.tick()
        _ = slot.launch()
        _ = slot.ready()
        _ = slot.take(1)
        #expect(slot.answered(1).isEmpty)
        for _ in 1...4 { #expect(slot.dieAndComeBack().isEmpty) }
        #expect(slot.isRunning)
        _ = slot.died()
        #expect(slot.isFailed)
    }
}
