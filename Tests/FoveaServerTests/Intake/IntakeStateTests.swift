import FoveaServer
import Testing

@Suite struct IntakeStateTests {
    @Test func whatFitsIsRead() {
        let intake = TestedIntake(requests: 2, bytes: 100)
        let a = intake.begin()
        #expect(intake.arrive(60, of: a) == .take)
        #expect(intake.arrive(40, of: a) == .take)
        #expect(intake.bytes == 100)
        #expect(intake.complete(a).isEmpty)
        #expect(intake.requests == 1)
        #expect(intake.end(a).isEmpty)
        #expect(intake.bytes == 0)
        #expect(intake.requests == 0)
    }

    @Test func readingPausesWhileAsManyAreWholeAsMayBe() {
        let intake = TestedIntake(requests: 2, bytes: 100)
        let (a, b, c) = (intake.whole(1), intake.whole(1), intake.begin())
        #expect(intake.isFull)
        #expect(intake.arrive(1, of: c) == .pause)
        #expect(intake.isPaused(c))
        #expect(intake.bytes == 2)
        #expect(intake.end(b) == [c])
        #expect(!intake.isPaused(c))
        #expect(intake.bytes == 2)
        #expect(intake.complete(c).isEmpty)
        #expect(intake.end(a).isEmpty)
    }

    @Test func thoseWhoDawdleKeepNobodyOut() {
        let intake = TestedIntake(requests: 1, bytes: 1000)
        for _ in 0..<100 { _ = intake.reading(1) }
        #expect(!intake.isFull)
        let a = intake.begin()
        #expect(intake.arrive(100, of: a) == .take)
    }

    @Test func thoseWhoDawdleAfterAPauseKeepNobodyOut() {
        let intake = TestedIntake(requests: 1, bytes: 1000)
        let (a, b, c) = (intake.whole(1), intake.begin(), intake.begin())
        #expect(intake.arrive(1, of: b) == .pause)
        #expect(intake.arrive(1, of: c) == .pause)
        // Client b may never send another byte.
        #expect(intake.end(a) == [b, c])
    }

    @Test func readingPausesWhileBytesDoNotFit() {
        let intake = TestedIntake(requests: 10, bytes: 100)
        let (a, b) = (intake.whole(90), intake.reading(5))
        #expect(!intake.isFull)
        #expect(intake.arrive(6, of: b) == .pause)
        #expect(intake.bytes == 95)
        let c = intake.begin()
        #expect(intake.arrive(5, of: c) == .take, "Less may fit")
        #expect(intake.isFull)
        #expect(intake.end(a) == [b])
        #expect(intake.bytes == 16)
    }

    @Test func whoIsFurthestGoesOnFirst() {
        let intake = TestedIntake(requests: 10, bytes: 100)
        let (a, b, c, d) = (intake.whole(40), intake.reading(10), intake.reading(30), intake.reading(20))
        for id in [b, c, d] { #expect(intake.arrive(20, of: id) == .pause) }
        // 40 are free: two of the three go on.
        #expect(intake.end(a) == [c, d])
        #expect(intake.isPaused(b))
    }

    @Test func theOldestOfEquallyFarGoesOnFirst() {
        let intake = TestedIntake(requests: 10, bytes: 100)
        let (a, b, c) = (intake.whole(40), intake.reading(30), intake.reading(30))
        for id in [c, b] { #expect(intake.arrive(30, of: id) == .pause) }
        #expect(intake.end(a) == [b])
    }

    @Test func whatIsTooLargeForAllIsReadWhenNothingElseIsThere() {
        let intake = TestedIntake(requests: 10, bytes: 100)
        let a = intake.begin()
        for _ in 0..<10 { #expect(intake.arrive(50, of: a) == .take) }
        #expect(intake.bytes == 500)
        #expect(intake.complete(a).isEmpty)
        let b = intake.begin()
        #expect(intake.arrive(1, of: b) == .pause, "Now that something is whole, its end is waited for")
        #expect(intake.end(a) == [b])
        #expect(intake.bytes == 1)
    }

    @Test func whereNothingIsWholeOnlyTheFurthestGoesOn() {
        let intake = TestedIntake(requests: 10, bytes: 100)
        let (a, b, c) = (intake.reading(40), intake.reading(50), intake.reading(10))
        #expect(intake.arrive(30, of: a) == .pause)
        #expect(intake.arrive(30, of: c) == .pause)
        #expect(intake.arrive(30, of: b) == .take)
        #expect(intake.bytes == 130)
        #expect(intake.complete(b).isEmpty, "Its end gives memory back")
        #expect(intake.end(b) == [a])
        #expect(intake.bytes == 80)
        #expect(intake.arrive(30, of: a) == .take, "Still the furthest")
        #expect(intake.complete(a).isEmpty)
        #expect(intake.end(a) == [c])
    }

    @Test func theNextGoesOnWhenTheFurthestHangsUp() {
        let intake = TestedIntake(requests: 10, bytes: 100)
        let (a, b) = (intake.reading(60), intake.reading(40))
        #expect(intake.arrive(70, of: b) == .pause)
        #expect(intake.end(a) == [b])
        #expect(intake.bytes == 110)
    }

    @Test func aPieceThatWaitsIsNotThereYet() {
        let intake = TestedIntake(requests: 1, bytes: 100)
        let (a, b) = (intake.whole(10), intake.reading(0))
        #expect(intake.arrive(50, of: b) == .pause)
        #expect(intake.end(b).isEmpty)
        #expect(intake.bytes == 10)
        #expect(!intake.isPaused(b))
        #expect(intake.end(a).isEmpty, "It does not go on after its end")
        #expect(intake.bytes == 0)
    }

    @Test func anEndIsAnEndOnce() {
        let intake = TestedIntake(requests: 1, bytes: 100)
        let a = intake.whole(10)
        _ = intake.end(a)
        #expect(intake.end(a).isEmpty)
        #expect(intake.complete(a).isEmpty)
        #expect(intake.arrive(5, of: a) == .take)
        #expect(intake.bytes == 0)
        #expect(intake.requests == 0)
    }
}
