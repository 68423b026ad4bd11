/// How runs of one model are put together.
package struct BatchRules: Sendable, Hashable {
    /// Rows in a run, at most.
    package var maxRows: Int
    /// Values in a run's inputs, at most: what a run takes beside the weights
    /// grows with them. 4 Mi are 16 pictures of 224 × 224, or 3 of 640 × 640.
    package var maxValues: Int
    /// The rows that runs may have, ascending; empty for any number. A single
    /// request runs as it is, whatever it has.
    package var ladder: [Int]
    /// Runs under way or in the making, at most. With two, the next batch is
    /// put together and waits while the device is busy with the one before.
    package var runs: Int
    /// How long a run that is not full waits for company while the device is
    /// busy: about what clients take from an answer to their next request.
    package var patience: Duration

    package init(
        maxRows: Int = 16, maxValues: Int = 4 << 20, ladder: [Int] = [], runs: Int = 2,
        patience: Duration = .milliseconds(3)
    ) {
        self.maxRows = maxRows
        self.maxValues = maxValues
        self.ladder = ladder
        self.runs = runs
        self.patience = patience
    }

    /// 1, 2, 4, 8, … up to a number of rows: where each one costs a compilation,
    /// few of them waste least.
    package static func ladder(upTo maxRows: Int) -> [Int] {
        Array(sequence(first: 1) { $0 * 2 }.prefix { $0 <= maxRows })
    }

    /// Rows in a run of requests with so many values a row.
    package func limit(valuesPerRow: Int) -> Int {
        let rows = max(1, min(maxRows, maxValues / max(1, valuesPerRow)))
        return ladder.last { $0 <= rows } ?? rows
    }
}
