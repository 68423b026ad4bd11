import FoveaGraphs
import Testing

/// Where the batch goes in a `Reshape` and what its target becomes, worked out
/// by hand.
@Suite struct ReshapePlanTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var shape: [Int?]
        var dimension = 0
        var outer = 1
        var target: [Int64]
        /// Dimension, what comes before the batch in it, target; `nil` where it
        /// cannot be told.
        var plan: (dimension: Int, outer: Int, target: [Int64])?
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "patches", shape: [1, 768, 7, 7], target: [1, 768, 49], plan: (0, 1, [-1, 768, 49])),
        Case(
            name: "patches, the rest left", shape: [1, 768, 7, 7], target: [1, 768, -1],
            plan: (0, 1, [-1, 768, 49])),
        Case(
            name: "taken from the input", shape: [1, 768, 7, 7], target: [0, 768, -1],
            plan: (0, 1, [0, 768, -1])),
        Case(
            name: "left already", shape: [1, 768, 7, 7], target: [-1, 768, 49], plan: (0, 1, [-1, 768, 49])),
        Case(
            name: "the rest unknown", shape: [1, nil, nil, 2], target: [1, -1, 1], plan: (0, 1, [0, -1, 1])),
        Case(name: "heads", shape: [1, 50, 768], target: [1, 50, 12, 64], plan: (0, 1, [-1, 50, 12, 64])),
        // 50 tokens × batch × 768 channels: the batch goes with the heads …
        Case(
            name: "heads of tokens first", shape: [50, 1, 768], dimension: 1, target: [50, 12, 64],
            plan: (1, 1, [50, -1, 64])),
        // … comes apart from them …
        Case(
            name: "heads apart", shape: [12, 50, 64], target: [1, 12, 50, 64], plan: (0, 1, [-1, 12, 50, 64])),
        // … and goes with the tokens where the heads are put together.
        Case(
            name: "heads together", shape: [50, 1, 12, 64], dimension: 1, target: [50, 768],
            plan: (0, 50, [-1, 768])),
        Case(
            name: "heads together, with the batch", shape: [50, 12, 64], dimension: 1, target: [50, 768],
            plan: (0, 50, [-1, 768])),
        Case(
            name: "tokens and batch apart", shape: [50, 768], outer: 50, target: [50, 1, 768],
            plan: (1, 1, [50, -1, 768])),
        Case(
            name: "tokens below each other", shape: [1, 77, 512], target: [-1, 512], plan: (0, 1, [-1, 512])),
        Case(
            name: "tokens first, below each other", shape: [50, 1, 768], dimension: 1, target: [-1, 768],
            plan: (0, 50, [-1, 768])),
        // Rows × columns × batch × 8 channels as rows of 4: 6 · batch · 2.
        Case(
            name: "in the middle", shape: [2, 3, 1, 8], dimension: 2, target: [-1, 4], plan: (0, 6, [-1, 4])),
        Case(name: "one place is another's", shape: [2, 1, 4], dimension: 1, target: [8, 0], plan: nil),
        Case(name: "unknown before it", shape: [nil, 1, 4], dimension: 1, target: [-1, 4], plan: nil),
        Case(name: "two left", shape: [1, 4], target: [-1, -1], plan: nil),
        Case(name: "beyond the input", shape: [1, 4], target: [1, 4, 0], plan: nil),
        Case(name: "does not divide", shape: [1, 7], target: [1, 2, -1], plan: nil),
        Case(
            name: "too many to count", shape: [1, 1 << 40, 1 << 40], target: [1, -1, 1 << 40],
            plan: (0, 1, [0, -1, 1 << 40])),
    ]

    @Test(arguments: cases)
    func theBatchIsFollowed(_ example: Case) {
        let plan = ReshapePlan(
            shape: example.shape, dimension: example.dimension, outer: example.outer, target: example.target)
        #expect(plan?.dimension == example.plan?.dimension)
        #expect(plan?.outer == example.plan?.outer)
        #expect(plan?.target == example.plan?.target)
    }
}
