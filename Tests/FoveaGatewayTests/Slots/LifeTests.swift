import FoveaCore
import FoveaGateway
import Testing

/// When a slot's worker starts, is there, and ends.
@Suite struct LifeTests {
    private let clip = ModelID(.clip, .visual, name: "m")

    @Test func nothingIsStartedBeforeItIsNeeded() {
        let slot = TestedSlot()
        #expect(slot.phase == .stopped)
        #expect(slot.mayLaunch)
        #expect(!slot.hasRoom())
        slot.pass(.seconds(100_000))
        #expect(slot.tick().isEmpty)
    }

    @Test func aWorkerIsStartedOnce() {
        let slot = TestedSlot()
        #expect(slot.launch() == [.launch])
        #expect(slot.phase == .starting(since: slot.now))
        #expect(!slot.mayLaunch)
        #expect(slot.launch().isEmpty)
        #expect(slot.restarts == 0)
    }

    @Test func itTakesRequestsOnceItIsReady() {
        let slot = TestedSlot()
        _ = slot.launch()
        #expect(!slot.hasRoom())
        slot.pass(.seconds(2))
        #expect(slot.ready().isEmpty)
        #expect(slot.phase == .running(since: slot.now))
        #expect(slot.hasRoom())
        #expect(slot.take(1) == [.send(1)])
        #expect(slot.running == 1)
    }

    @Test func readinessOutOfTurnIsIgnored() {
        let slot = TestedSlot()
        #expect(slot.ready().isEmpty)
        #expect(slot.phase == .stopped)
    }

    @Test func thereIsRoomForTheCapacityAndAReserveForThoseWhoWait() {
        let slot = TestedSlot.running(1, 2, 3)
        #expect(slot.hasRoom(for: .bulk))
        _ = slot.take(4)
        #expect(!slot.hasRoom(for: .bulk))
        #expect(!slot.hasRoom(for: .standard))
        #expect(slot.hasRoom(for: .interactive))
        _ = slot.take(5)
        #expect(slot.hasRoom(for: .interactive))
        _ = slot.take(6)
        #expect(!slot.hasRoom(for: .interactive))
        #expect(slot.answered(1).isEmpty)
        #expect(slot.hasRoom(for: .interactive))
        #expect(!slot.hasRoom(for: .standard))
    }

    /// Nothing, half a second, doubling, at most half a minute.
    @Test(arguments: zip(0...10, [0, 0, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]))
    func restsGrow(_ deaths: Int, _ milliseconds: Int) {
        #expect(SlotRules(capacity: 1).rest(afterDeaths: deaths) == .milliseconds(milliseconds))
    }

    @Test func aWorkerThatDiedIsReplacedAfterARest() {
        let slot = TestedSlot.running()
        #expect(slot.died("it was ended by signal 11").isEmpty, "Nobody needs the next one")
        #expect(slot.phase == .resting(until: slot.now))
        #expect(slot.lastError == "it was ended by signal 11")
        #expect(slot.launch() == [.launch])
        #expect(slot.restarts == 1)
        _ = slot.ready()
        _ = slot.died()
        #expect(slot.phase == .resting(until: slot.now.advanced(by: .milliseconds(500))))
        #expect(!slot.mayLaunch)
        #expect(slot.launch().isEmpty)
        slot.pass(.milliseconds(500))
        #expect(slot.mayLaunch)
    }

    @Test func aDeathDuringTheStartCountsAsAny() {
        let slot = TestedSlot()
        for rest in [0, 500, 1000, 2000] {
            #expect(slot.launch() == [.launch])
            _ = slot.died("it cannot start")
            #expect(slot.phase == .resting(until: slot.now.advanced(by: .milliseconds(rest))))
            slot.pass(.milliseconds(rest))
        }
        _ = slot.launch()
        _ = slot.died("it cannot start")
        #expect(slot.isFailed)
    }

    @Test func anAnswerEndsTheGrowthOfRests() {
        let slot = TestedSlot.running()
        for _ in 1...3 { #expect(slot.dieAndComeBack().isEmpty) }
        _ = slot.take(1)
        _ = slot.answered(1)
        _ = slot.died()
        #expect(slot.phase == .resting(until: slot.now), "As after a first death")
    }

    @Test func whatTheWorkerHadInMemoryGoesWithIt() {
        let slot = TestedSlot.running()
        slot.loading(clip)
        #expect(slot.models == [clip])
        _ = slot.died()
        #expect(slot.models.isEmpty)
    }

    @Test func modelsAreKnownWhileTheyAreThere() {
        let slot = TestedSlot.running()
        slot.loading(clip)
        slot.unloaded(clip)
        #expect(slot.models.isEmpty)
    }
}

/// What a slot does when the gateway ends.
@Suite struct SlotShutdownTests {
    @Test func aWorkerIsLetGoAndNothingIsKept() {
        let slot = TestedSlot.running(1, 2)
        _ = slot.adopt(.init(3))
        #expect(slot.shutDown() == [.stop])
        #expect(slot.running == 0)
        #expect(slot.waiting == 0)
        #expect(!slot.hasRoom(for: .interactive))
        #expect(slot.died().isEmpty, "No other one is started")
        #expect(slot.phase == .stopped)
        #expect(slot.lastError == nil)
    }

    @Test func aWorkerThatStartsIsLetGo() {
        let slot = TestedSlot()
        _ = slot.launch()
        #expect(slot.shutDown() == [.stop])
        #expect(slot.ready().isEmpty)
        #expect(!slot.hasRoom())
    }

    @Test func whereThereIsNoWorkerNothingIsDone() {
        let slot = TestedSlot()
        #expect(slot.shutDown().isEmpty)
        let resting = TestedSlot.running()
        _ = resting.died()
        #expect(resting.shutDown().isEmpty)
        let stopping = TestedSlot.running()
        #expect(stopping.overweight() == [.stop])
        #expect(stopping.shutDown().isEmpty, "It was told already")
    }
}
