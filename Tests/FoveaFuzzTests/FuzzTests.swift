import FoveaFuzz
import Testing

/// What `make fuzz` does for hours, in brief and the same in every run: any
/// bytes may be refused, but do no harm.
struct FuzzTests {
    /// Inputs made up for each target; all in all they take about a minute.
    private static let counts: [FuzzTarget: Int] = [
        .forms: 20_000, .tokenizers: 10_000, .pictures: 20_000, .entries: 100_000,
    ]

    /// Findings of the past among them.
    @Test(arguments: FuzzTarget.allCases)
    func keptInputsDoNoHarm(target: FuzzTarget) throws {
        let corpus = try Corpus(target)
        let last = try LastInput(target)
        #expect(!corpus.inputs.isEmpty)
        for (name, input) in zip(corpus.names, corpus.inputs) {
            try last.set(input)
            #expect(throws: Never.self, "\(name)") { try target.check(input) }
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func madeUpInputsDoNoHarm(target: FuzzTarget) throws {
        let corpus = try Corpus(target)
        var last = try LastInput(target)
        var mutator = Mutator(corpus.inputs, seed: 2026)
        for number in 0..<(Self.counts[target] ?? 0) {
            let input = mutator.next()
            try last.set(input)
            do {
                try target.check(input)
            } catch {
                last.keep()
                Issue.record("\(error) The input, number \(number), is in \(last.path).")
                return
            }
        }
    }
}
