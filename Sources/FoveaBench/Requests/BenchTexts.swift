import Synchronization

/// Queries such as people type into a search box.
package struct BenchTexts: Sendable {
    private let kind: BenchCase.Texts

    package init(_ kind: BenchCase.Texts) { self.kind = kind }

    /// The text of the n-th request. Fresh ones differ for as long as
    /// anybody will measure, from run to run too.
    package func text(_ number: Int) -> String {
        switch kind {
        case .repeated: Self.phrase(number % Self.repeated)
        case .fresh: Self.phrase(number) + " \(Self.fresh.add(1, ordering: .relaxed).newValue)"
        }
    }

    /// How many texts are repeated.
    static let repeated = 8

    /// Starts anywhere, because a service outlives those who measure it.
    private static let fresh = Atomic<Int>(Int.random(in: 0..<1 << 40))

    private static func phrase(_ number: Int) -> String {
        let subject = subjects[number % subjects.count]
        let place = places[number / subjects.count % places.count]
        return "\(subject) \(place)"
    }

    private static let subjects = [
        "two children", "a red bicycle", "our old dog", "grandmother with a cake", "a sailing boat",
        "a black cat asleep", "friends around a table", "a train",
    ]
    private static let places = [
        "on the beach at sunset", "in the snow", "under the Eiffel tower", "in the garden in spring",
        "in the mountains", "at a wedding", "in front of the house", "at night in the city",
    ]
}
