/// A request that the gateway has taken in.
package struct RequestID: Sendable, Hashable, Comparable {
    /// Counts up, so that the older of two requests has the smaller one.
    package let number: UInt64

    package init(_ number: UInt64) { self.number = number }

    package static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}
