import Foundation
import FoveaDownload
import Testing

@Suite struct RetryPolicyTests {
    private let cut = DownloadFailure.interrupted(POSIXError(.ECONNRESET))

    @Test func waitsGrowUntilItGivesUp() {
        var policy = RetryPolicy()
        #expect((0..<5).map { _ in policy.delay(after: cut, gained: false) } == [1, 2, 4, 8, nil])
    }

    @Test func bytesMakeItPatientAgain() {
        var policy = RetryPolicy()
        for _ in 0..<4 { _ = policy.delay(after: cut, gained: false) }
        #expect(policy.delay(after: cut, gained: true) == 1)
        #expect(policy.delay(after: cut, gained: false) == 2)
    }

    @Test(arguments: [400, 401, 403, 404, 410, 451])
    func someAnswersAreFinal(_ status: Int) {
        var policy = RetryPolicy()
        #expect(policy.delay(after: .refused(status: status, retryAfter: 1), gained: true) == nil)
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 504])
    func someAreNot(_ status: Int) {
        var policy = RetryPolicy()
        #expect(policy.delay(after: .refused(status: status, retryAfter: nil), gained: false) == 1)
    }

    @Test func aServerMayAskForSoMuchAtMost() {
        var policy = RetryPolicy(longestWait: 120)
        #expect(policy.delay(after: .refused(status: 429, retryAfter: 120), gained: false) == 120)
        #expect(policy.delay(after: .refused(status: 429, retryAfter: 121), gained: false) == nil)
        #expect(policy.delay(after: .refused(status: 429, retryAfter: -5), gained: false) == 0)
        var patient = RetryPolicy()
        #expect(patient.delay(after: .refused(status: 429, retryAfter: 300), gained: false) == 300)
        #expect(patient.delay(after: .refused(status: 429, retryAfter: 301), gained: false) == nil)
    }

    @Test(arguments: [
        DownloadFailure.wrongSize(7), .wrongHash("0a"), .tooLarge(limit: 7), .encoded("gzip"),
        .redirected("nowhere"),
    ])
    func someFailuresAreFinal(_ failure: DownloadFailure) {
        var policy = RetryPolicy()
        #expect(policy.delay(after: failure, gained: true) == nil)
    }

    /// The date is the example of RFC 9110, 10.2.3; 1999-12-31 23:59:59 UTC is
    /// 946,684,799 seconds after 1970.
    @Test func secondsOrADateAreRead() {
        #expect(RetryPolicy.seconds(retryAfter: "120") == 120)
        let now = Date(timeIntervalSince1970: 946_684_799 - 30)
        #expect(RetryPolicy.seconds(retryAfter: "Fri, 31 Dec 1999 23:59:59 GMT", now: now) == 30)
        #expect(RetryPolicy.seconds(retryAfter: "soon") == nil)
    }

    @Test func aWaitIsNeverNegative() {
        #expect(RetryPolicy.seconds(retryAfter: "-5") == 0)
        let now = Date(timeIntervalSince1970: 946_684_799 + 10)
        #expect(RetryPolicy.seconds(retryAfter: "Fri, 31 Dec 1999 23:59:59 GMT", now: now) == 0)
    }

    @Test(arguments: [-86_400, -301, 301, 86_400])
    func aDateFarFromOurClockSaysNothing(_ skew: Int) {
        let now = Date(timeIntervalSince1970: TimeInterval(946_684_799 + skew))
        #expect(RetryPolicy.seconds(retryAfter: "Fri, 31 Dec 1999 23:59:59 GMT", now: now) == nil)
    }

    /// The header as the model hub documents it.
    @Test func aRateLimitTellsWhenItEnds() {
        #expect(RetryPolicy.seconds(rateLimit: "\"resolvers\";r=0;t=55") == 55)
        #expect(RetryPolicy.seconds(rateLimit: "\"api\"; r=0; t=7") == 7)
        #expect(RetryPolicy.seconds(rateLimit: "\"api\";r=0") == nil)
    }
}
