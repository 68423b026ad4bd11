package import Foundation

/// Whether and when a download goes on after it failed. Pure.
package struct RetryPolicy: Sendable {
    /// Failures in a row, without a byte between them, before it gives up.
    private static let patience = 5
    /// The longest wait between two attempts, in seconds.
    package static let longestWait = 120

    private var failures = 0

    package init() {}

    /// What to do after a failure: how long to wait, in seconds, before it goes
    /// on; `nil` to give up.
    ///
    /// - Parameters:
    ///   - gained: whether bytes have come since the last failure.
    package mutating func delay(after failure: DownloadFailure, gained: Bool) -> Int? {
        failures = gained ? 1 : failures + 1
        let growing = min(1 << (failures - 1), Self.longestWait)
        guard failures < Self.patience else { return nil }
        switch failure {
        case .interrupted, .outOfStep: return growing
        case .wrongSize: return nil
        case .refused(let status, let retryAfter):
            guard [408, 425, 429].contains(status) || status >= 500 else { return nil }
            let asked = retryAfter ?? growing
            return asked <= Self.longestWait ? max(asked, 0) : nil
        }
    }

    /// The seconds of a `Retry-After` header, which has either those or a date
    /// (RFC 9110, 10.2.3); `nil` if it has neither.
    package static func seconds(retryAfter value: String, now: Date = .now) -> Int? {
        if let seconds = Int(value) { return seconds }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "GMT")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: value).map { Int($0.timeIntervalSince(now).rounded(.up)) }
    }
}
