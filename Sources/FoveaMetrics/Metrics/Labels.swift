/// Names and values that tell the series of one metric apart. For example:
///
/// ```swift
/// let labels: Labels = ["task": "clip", "status": "200"]
/// ```
///
/// Each set of values is kept for good, here and in whatever scrapes it. So
/// values come from enumerations, slots, and models that were loaded; never
/// from a request's own text.
package struct Labels: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    package struct Pair: Sendable, Hashable {
        /// `[a-zA-Z_][a-zA-Z0-9_]*`, and not `le`, which histograms use.
        package let name: String
        package let value: String
    }

    /// In the order they are shown.
    package let pairs: [Pair]

    package init(_ pairs: [(String, String)]) {
        self.pairs = pairs.map { Pair(name: $0.0, value: $0.1) }
    }

    package init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

    package static let none: Labels = [:]
}

extension Labels: Comparable {
    /// By the values' UTF-8, the first pair first.
    package static func < (left: Labels, right: Labels) -> Bool {
        for (left, right) in zip(left.pairs, right.pairs) where left.value != right.value {
            return left.value.utf8.lexicographicallyPrecedes(right.value.utf8)
        }
        return left.pairs.count < right.pairs.count
    }
}
