import FoveaServer
import NIOCore
import Testing

@Suite struct RefusalTimesTests {
    private func at(_ seconds: Int64) -> NIODeadline {
        .uptimeNanoseconds(1_000_000_000_000) + .seconds(seconds)
    }

    @Test func aClientIsMentionedOnceAMinute() {
        var times = RefusalTimes()
        let key = RefusalTimes.Key(status: 401, client: "203.0.113.9")
        let due = [0, 1, 59, 60, 61, 130].map { times.isDue(key, at: at($0)) }
        #expect(due == [true, false, false, true, false, true])
    }

    @Test func clientsAndReasonsAreToldApart() {
        var times = RefusalTimes()
        for (status, client) in [(401, "a"), (404, "a"), (401, "b")] {
            let isDue = times.isDue(RefusalTimes.Key(status: status, client: client), at: at(0))
            #expect(isDue)
        }
    }

    /// Many addresses cannot make it keep, or write, without end.
    @Test func aCrowdIsCutShort() {
        var times = RefusalTimes()
        let mentioned = (0..<10_000).count {
            times.isDue(RefusalTimes.Key(status: 401, client: "\($0)"), at: at(0))
        }
        #expect(mentioned == 256)
        let isDueLater = times.isDue(RefusalTimes.Key(status: 401, client: "another"), at: at(60))
        #expect(isDueLater)
    }
}
