package import NIOCore

/// Decides which refusals are worth a line of the log: the first of a client's,
/// and one a minute after that. Whoever scans the network writes no log.
///
/// A value that is told the time.
package struct RefusalTimes {
    /// What is refused, and to whom.
    package struct Key: Hashable, Sendable {
        package var status: Int
        package var client: String

        package init(status: Int, client: String) {
            self.status = status
            self.client = client
        }
    }

    private var last: [Key: NIODeadline] = [:]
    private static let pause = TimeAmount.minutes(1)
    /// Clients that are told apart; with more, those beyond go unmentioned for
    /// a while.
    private static let capacity = 256

    package init() {}

    package mutating func isDue(_ key: Key, at now: NIODeadline) -> Bool {
        if let moment = last[key], now - moment < Self.pause { return false }
        if last.count >= Self.capacity { last = last.filter { now - $0.value < Self.pause } }
        guard last.count < Self.capacity || last[key] != nil else { return false }
        last[key] = now
        return true
    }
}
