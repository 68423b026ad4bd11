/// What part of a file an answer has, by its header `Content-Range`.
package struct ContentRange: Hashable, Sendable {
    /// The offset of its first byte.
    package var first: Int
    /// The size of the whole file, where the server knows it.
    package var total: Int?

    /// Reads `bytes 100-199/1000` (RFC 9110, 14.4); `nil` if it is not such.
    package init?(_ value: String) {
        let parts = value.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let sides = parts[1].split(separator: "/")
        guard sides.count == 2, let first = Int(sides[0].prefix { $0 != "-" }) else { return nil }
        self.first = first
        total = Int(sides[1])
    }
}
