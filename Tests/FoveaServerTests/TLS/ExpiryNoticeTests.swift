import FoveaServer
import Foundation
import Testing

@Suite struct ExpiryNoticeTests {
    private let expires = Date(timeIntervalSinceReferenceDate: 800_000_000)

    @Test func itIsGivenOnceADayFromTwoWeeksBefore() {
        var notice = ExpiryNotice()
        let days = [-30, -14.1, -13.9, -13.8, -12.95, -12.8, -0.5, 0.4, 0.6, 9]
        let due = days.map { notice.isDue(expires: expires, at: expires + $0 * 86400) }
        #expect(due == [false, false, true, false, false, true, true, false, true, true])
    }
}
