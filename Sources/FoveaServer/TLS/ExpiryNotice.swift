package import Foundation

/// Decides when to warn of a certificate's end: once a day, from two weeks
/// before it.
///
/// A value that is told the time.
package struct ExpiryNotice: Sendable {
    private var last: Date?
    private static let notice: TimeInterval = 14 * 86400
    private static let pause: TimeInterval = 86400

    package init() {}

    package mutating func isDue(expires: Date, at now: Date) -> Bool {
        guard expires.timeIntervalSince(now) < Self.notice else { return false }
        if let last, now.timeIntervalSince(last) < Self.pause { return false }
        last = now
        return true
    }
}
