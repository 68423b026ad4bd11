/// A number that only grows, from the start of the process on.
package struct Counter: Sendable, Hashable {
    package private(set) var value = 0

    package init() {}

    /// - Parameter amount: not negative.
    package mutating func increment(by amount: Int = 1) {
        // Thousands of years of requests fit, so wrapping is only there to never trap.
        value &+= max(0, amount)
    }
}
