package import Foundation

/// Whether and when a download goes on after it failed. Pure.
package struct RetryPolicy: Sendable {
    /// Failures in a row, without a byte between them, before it gives up.
    private static let patience = 5
    /// The longest wait that a server may ask for, in seconds: the model hub
    /// counts requests in windows of five minutes.
    package static let longestWait = 300
    /// The longest wait that is chosen here, in seconds.
    private static let longestGrowing = 120

    private var failures = 0
    private let longestWait: Int

    /// - Parameter longestWait: how many seconds a server may ask to wait. One
    ///   that asks for more is given up.
    package init(longestWait: Int = Self.longestWait) {
        self.longestWait = longestWait
    }

    /// What to do after a failure: how long to wait, in seconds, before it goes
    /// on; `nil` to give up.
    ///
    /// - Parameters:
    ///   - gained: whether bytes have come since the last failure.
    package mutating func delay(after failure: DownloadFailure, gained: Bool) -> Int? {
        failures = gained ? 1 : failures + 1
        let growing = min(1 << (failures - 1), Self.longestGrowing, longestWait)
        guard failures < Self.patience else { return nil }
        switch failure {
        case .interrupted, .outOfStep, .changed: return growing
        case .wrongSize, .wrongHash, .tooLarge, .encoded, .redirected: return nil
        case .refused(let status, let retryAfter, _):
            guard [408, 425, 429].contains(status) || status >= 500 else { return nil }
            let asked = retryAfter ?? growing
            return asked <= longestWait ? max(asked, 0) : nil
        }
    }

    /// The seconds of a `Retry-After` header, which has either those or a date
    /// (RFC 9110, 10.2.3); `nil` if it has neither.
    ///
    /// A date is one of the server's clock. One that is long past or far ahead
    /// says more about the clocks than about the wait: it counts as none.
    ///
    /// - Parameter now: the time, by the same clock where that is known.
    package static func seconds(retryAfter value: String, now: Date = .now) -> Int? {
        if let seconds = Int(value.trimmingCharacters(in: .whitespaces)) { return max(seconds, 0) }
        guard let date = date(value) else { return nil }
        let seconds = date.timeIntervalSince(now).rounded(.up)
        guard abs(seconds) <= TimeInterval(longestWait) else { return nil }
        return max(Int(seconds), 0)
    }

    /// The seconds until a `RateLimit` header's window ends, as the model hub
    /// sends it in place of `Retry-After`: `"resolvers";r=0;t=55`.
    package static func seconds(rateLimit value: String) -> Int? {
        value.split(separator: ";")
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .first { $0.hasPrefix("t=") }
            .flatMap { Int($0.dropFirst(2)) }
            .map { max($0, 0) }
    }

    /// A date of a header (RFC 9110, 5.6.7); `nil` if it is none.
    package static func date(_ value: String) -> Date? {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: value)
    }
}
