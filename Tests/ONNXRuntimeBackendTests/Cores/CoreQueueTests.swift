import FoveaCore
import ONNXRuntimeBackend
import Testing

@Suite struct CoreQueueTests {
    private typealias Start = CoreQueue.Start

    private func queue(cores: Int = 2) -> CoreQueue { CoreQueue(CoreRules(cores: cores)) }

    @Test func aRunThatIsAloneIsWide() {
        var queue = queue()
        #expect(queue.add(.init(ticket: 1, session: 1)) == [Start(1, .wide)])
        #expect(queue.ended(1) == [])
        #expect(queue.add(.init(ticket: 2, session: 1)) == [Start(2, .wide)])
    }

    @Test func underLoadRunsAreNarrowAndAsManyAsThereAreCores() {
        var queue = queue()
        _ = queue.add(.init(ticket: 1, session: 1))
        for ticket in 2...4 { #expect(queue.add(.init(ticket: UInt64(ticket), session: 1)) == []) }
        #expect(queue.ended(1) == [Start(2, .narrow), Start(3, .narrow)])
        #expect(queue.ended(3) == [Start(4, .narrow)])
        #expect(queue.add(.init(ticket: 5, session: 1)) == [])
        #expect(queue.ended(2) == [Start(5, .narrow)])
        #expect(queue.ended(4) == [])
        #expect(queue.add(.init(ticket: 6, session: 1)) == [Start(6, .narrow)], "Beside another")
        _ = queue.ended(5)
        _ = queue.ended(6)
        #expect(queue.add(.init(ticket: 7, session: 1)) == [Start(7, .wide)], "The load is over")
    }

    @Test func twoWhoTakeTurnsComeToRunBesideEachOther() {
        var queue = queue()
        #expect(queue.add(.init(ticket: 1, session: 1)) == [Start(1, .wide)])
        #expect(queue.add(.init(ticket: 2, session: 1)) == [])
        #expect(queue.ended(1) == [Start(2, .narrow)], "It had to wait")
        #expect(queue.add(.init(ticket: 3, session: 1)) == [Start(3, .narrow)])
    }

    @Test func withoutANarrowSessionRunsFollowEachOther() {
        var queue = queue()
        for ticket in 1...3 {
            _ = queue.add(.init(ticket: UInt64(ticket), session: 1, canBeNarrow: false))
        }
        #expect(queue.ended(1) == [Start(2, .wide)])
        #expect(queue.ended(2) == [Start(3, .wide)])
    }

    @Test func anotherModelIsNotStuckBehindOne() {
        var queue = queue()
        _ = queue.add(.init(ticket: 1, session: 1))
        _ = queue.add(.init(ticket: 2, session: 1))
        #expect(queue.add(.init(ticket: 3, session: 2)) == [Start(3, .narrow)])
        #expect(queue.add(.init(ticket: 4, session: 3)) == [], "One beyond the cores is enough")
        #expect(queue.add(.init(ticket: 5, session: 2)) == [])
    }

    @Test func whereAModelHasNoNarrowSessionOneWideRunMayBeBesideAnother() {
        var queue = queue()
        _ = queue.add(.init(ticket: 1, session: 1, canBeNarrow: false))
        #expect(queue.add(.init(ticket: 2, session: 2, canBeNarrow: false)) == [Start(2, .wide)])
        #expect(queue.add(.init(ticket: 3, session: 3, canBeNarrow: false)) == [])
    }

    @Test func largeRunsOfOneModelFollowEachOtherWhereCoresAreFew() {
        var few = queue(cores: 4)
        for ticket in 1...3 { _ = few.add(.init(ticket: UInt64(ticket), session: 1, isLarge: true)) }
        #expect(few.ended(1) == [Start(2, .wide)])

        var many = queue(cores: 8)
        for ticket in 1...3 { _ = many.add(.init(ticket: UInt64(ticket), session: 1, isLarge: true)) }
        #expect(many.ended(1) == [Start(2, .narrow), Start(3, .narrow)])
    }

    @Test func aLargeRunIsNotOvertakenForGood() {
        var queue = queue()
        _ = queue.add(.init(ticket: 1, session: 1))
        _ = queue.add(.init(ticket: 2, session: 1))
        _ = queue.add(.init(ticket: 3, session: 1))
        _ = queue.add(.init(ticket: 4, session: 2, isLarge: true))
        _ = queue.add(.init(ticket: 5, session: 1))
        // 4 went beside 1, wide as it has to be.
        #expect(queue.ended(4) == [])
        #expect(queue.add(.init(ticket: 6, session: 2, isLarge: true)) == [Start(6, .wide)])
        #expect(queue.add(.init(ticket: 7, session: 2, isLarge: true)) == [])
        #expect(queue.ended(1) == [Start(2, .narrow)], "Its model had nothing running")
        #expect(queue.ended(6) == [Start(3, .narrow)])
        #expect(queue.ended(2) == [Start(5, .narrow)], "It came before 7")
        #expect(queue.add(.init(ticket: 8, session: 1)) == [])
        #expect(queue.ended(3) == [Start(7, .wide)], "Ahead of 8, which has a core and came later")
    }

    @Test func whoIsWaitedForGoesFirst() {
        var queue = queue()
        _ = queue.add(.init(ticket: 1, session: 1))
        _ = queue.add(.init(ticket: 2, session: 1))
        _ = queue.add(.init(ticket: 3, session: 1))
        _ = queue.add(.init(ticket: 4, session: 1, priority: .high))
        #expect(queue.ended(1) == [Start(4, .narrow), Start(2, .narrow)])
    }

    @Test func whoeverGoesAwayIsForgotten() {
        var queue = queue()
        _ = queue.add(.init(ticket: 1, session: 1))
        _ = queue.add(.init(ticket: 2, session: 1))
        _ = queue.add(.init(ticket: 3, session: 1))
        #expect(queue.drop(2) == [])
        #expect(queue.ended(1) == [Start(3, .narrow)])
    }

    @Test(arguments: [(0, 1, 1), (1, 1, 1), (2, 2, 1), (4, 4, 1), (8, 8, 2), (16, 8, 4), (64, 8, 16)])
    func widthsFollowTheCores(cores: Int, wide: Int, narrow: Int) {
        let rules = CoreRules(cores: cores)
        #expect(rules.wide == wide)
        #expect(rules.narrow == narrow)
    }
}
