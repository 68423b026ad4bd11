import FoveaGateway
import Testing

/// A slot that is another service, which comes and goes.
@Suite struct ServiceSlotTests {
    private static func service(_ slot: inout SlotRules) { slot = .service(capacity: 4) }

    @Test func itIsAskedThoughNobodyWantsIt() {
        let slot = TestedSlot(Self.service)
        #expect(slot.isInOrder, "Nothing is known of it yet")
        #expect(slot.tick() == [.launch])
        #expect(slot.tick() == [])
        #expect(slot.isInOrder)
        _ = slot.ready()
        #expect(slot.isRunning)
        #expect(slot.isInOrder)
        #expect(slot.hasRoom())
    }

    @Test func whileItIsAwayItIsOutOfOrderAndAskedForEver() {
        let slot = TestedSlot(Self.service)
        _ = slot.tick()
        var pauses: [Duration] = []
        for _ in 0..<20 {
            #expect(slot.died("http://big does not answer") == [])
            #expect(!slot.isInOrder)
            #expect(!slot.hasRoom())
            #expect(!slot.isFailed)
            guard case .resting(let until) = slot.phase else { break }
            pauses.append(slot.now.duration(to: until))
            #expect(slot.tick() == [])
            slot.pass(pauses.last ?? .zero)
            #expect(slot.tick() == [.launch])
            #expect(!slot.isInOrder, "It may be there again, or not")
        }
        #expect(Array(pauses.prefix(6)) == [1, 2, 4, 8, 10, 10].map { Duration.seconds($0) })
        #expect(pauses.count == 20)
        #expect(slot.restarts == 0)
        _ = slot.ready()
        #expect(slot.isInOrder)
        #expect(slot.restarts == 1)
        #expect(slot.lastError == "http://big does not answer")
    }

    @Test func aServiceThatWasThereIsAskedSoonAgain() {
        let slot = TestedSlot(Self.service)
        for _ in 0..<3 {
            _ = slot.tick()
            _ = slot.ready()
            _ = slot.died()
            slot.pass(.seconds(1))
        }
        #expect(slot.tick() == [.launch])
    }

    @Test func nothingThatItHadIsToBlame() {
        let slot = TestedSlot.running(7, 3, 5, changing: Self.service)
        #expect(slot.died() == [.passOn([3, 5, 7].map { RequestID($0) })])
        #expect(slot.running == 0)
        #expect(slot.waiting == 0)
        let alone = TestedSlot.running(1, changing: Self.service)
        #expect(alone.died() == [.passOn([RequestID(1)])])
    }

    @Test func itIsNeverStoppedForIdleness() {
        let slot = TestedSlot.running(changing: Self.service)
        slot.pass(.seconds(100_000))
        #expect(slot.tick() == [])
        #expect(slot.isRunning)
    }

    @Test func oneThatIsNotWatchedAnyMoreIsGivenUp() {
        let slot = TestedSlot.running(1, changing: Self.service)
        slot.pass(.seconds(59))
        _ = slot.heartbeat()
        slot.pass(.seconds(59))
        #expect(slot.tick() == [])
        slot.pass(.seconds(1))
        #expect(slot.tick() == [.kill(reason: "it gave no sign of life")])
    }
}
