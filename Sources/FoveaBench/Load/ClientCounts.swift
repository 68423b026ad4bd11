/// How many clients to measure with: `4`, or several numbers to compare, `1,8`.
package struct ClientCounts: Sendable, Equatable, CustomStringConvertible {
    package static let most = 1000

    /// Each from 1 to ``most``; at least one.
    package let counts: [Int]

    /// - Returns: `nil` where the text is not such numbers.
    package init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        let counts = parts.compactMap { $0 }.filter { (1...Self.most).contains($0) }
        guard counts.count == parts.count else { return nil }
        self.counts = counts
    }

    package init(_ count: Int) { counts = [count] }

    package var description: String { counts.map(String.init).joined(separator: ",") }
}
