import FoveaCore
import FoveaGateway
import Testing

/// Workers that nobody needs.
@Suite struct IdleTests {
    private let clip = ModelID(.clip, .visual, name: "m")

    @Test func aWorkerThatNobodyAsksEnds() {
        let slot = TestedSlot.running()
        slot.pass(.seconds(59))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [.stop])
        #expect(slot.phase == .stopping(since: slot.now))
        #expect(!slot.hasRoom(for: .interactive))
        #expect(slot.tick().isEmpty)
        #expect(slot.died("it exited with status 0").isEmpty)
        #expect(slot.phase == .stopped)
    }

    @Test func theNextRequestStartsAnother() {
        let slot = TestedSlot.running()
        slot.pass(.seconds(60))
        _ = slot.tick()
        #expect(!slot.mayLaunch, "Not before the first has ended")
        _ = slot.died()
        #expect(slot.launch() == [.launch])
        #expect(slot.restarts == 0)
        _ = slot.ready()
        slot.pass(.seconds(59))
        #expect(slot.tick().isEmpty, "It has the whole time")
    }

    @Test func workKeepsIt() {
        let slot = TestedSlot.running(1)
        slot.pass(.seconds(99))
        #expect(slot.tick().isEmpty)
        #expect(slot.answered(1).isEmpty)
        slot.pass(.seconds(59))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [.stop])
    }

    @Test func whoGoesAwayHasBeenThere() {
        let slot = TestedSlot.running(1)
        slot.pass(.seconds(99))
        _ = slot.dropped(1)
        slot.pass(.seconds(59))
        #expect(slot.tick().isEmpty)
    }

    @Test func modelsKeepIt() {
        let slot = TestedSlot.running()
        slot.loading(clip)
        slot.pass(.seconds(100_000))
        #expect(slot.tick().isEmpty)
        // The engine has kept it for as long as models are kept; the worker
        // was idle all the while and goes with its last model.
        slot.unloaded(clip)
        #expect(slot.tick() == [.stop])
    }

    @Test func aFailedLoadIsASignThatSomebodyAsked() {
        let slot = TestedSlot.running()
        slot.pass(.seconds(50))
        slot.loading(clip)
        slot.unloaded(clip)
        slot.pass(.seconds(59))
        #expect(slot.tick().isEmpty)
        slot.pass(.seconds(1))
        #expect(slot.tick() == [.stop])
    }

    @Test func itMayStayForEver() {
        let slot = TestedSlot.running(changing: { $0.idleTime = nil })
        slot.pass(.seconds(1_000_000))
        #expect(slot.tick().isEmpty)
    }
}
