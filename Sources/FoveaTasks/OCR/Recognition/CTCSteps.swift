/// What a recognition model sees from left to right in one line: the likeliest
/// class of each step and its probability.
package struct CTCSteps: Sendable, Equatable {
    package private(set) var classes: [Int] = []
    package private(set) var probabilities: [Float] = []

    package init() {}

    package mutating func append(_ likeliest: Int, _ probability: Float) {
        classes.append(likeliest)
        probabilities.append(probability)
    }

    /// The text, and the mean probability of its characters; 0 without any.
    ///
    /// Greedy decoding of connectionist temporal classification (Graves et
    /// al., 2006): a class that goes on from the step before is one character,
    /// blanks are none.
    package func decoded(_ alphabet: CTCAlphabet) -> (text: String, score: Float) {
        let kept = classes.indices.filter { step in
            classes[step] != CTCAlphabet.blank && (step == 0 || classes[step] != classes[step - 1])
        }
        guard !kept.isEmpty else { return ("", 0) }
        let sum = kept.reduce(Float(0)) { $0 + probabilities[$1] }
        return (alphabet.text(kept.map { classes[$0] }), sum / Float(kept.count))
    }
}
