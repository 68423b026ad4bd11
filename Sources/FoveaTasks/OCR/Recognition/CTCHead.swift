import CPixelKernels
package import FoveaBackends
package import FoveaCore
import Foundation

/// Which of a recognition graph's outputs tell the text, and in what form.
package enum CTCHead: Sendable, Hashable {
    /// Probabilities `[batch, step, class]`.
    case probabilities(output: Int)
    /// The same before softmax.
    case logits(output: Int)
    /// The likeliest class `[batch, step]` and its probability, likewise.
    case indices(output: Int, confidence: Int)

    /// Goes by the outputs' names: `ctc_indices` beside a confidence,
    /// `ctc_logits`, `logits_softmax`; else the first holds probabilities.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` without a usable output.
    package init(_ outputs: [TensorInfo]) throws {
        func index(_ name: String) -> Int? { outputs.firstIndex { $0.name == name } }
        func isFloat(_ output: TensorInfo) -> Bool { [.float32, .float16].contains(output.elementType) }
        if let indices = index("ctc_indices") {
            let others = outputs.indices.filter { $0 != indices && isFloat(outputs[$0]) }
            guard let confidence = others.first(where: { outputs[$0].name.contains("conf") }) ?? others.first
            else {
                throw Self.invalid("gives ctc_indices without their confidence")
            }
            self = .indices(output: indices, confidence: confidence)
        } else if let logits = index("ctc_logits") {
            self = .logits(output: logits)
        } else if let output = index("logits_softmax") ?? outputs.indices.first {
            self = .probabilities(output: output)
        } else {
            throw Self.invalid("has no output")
        }
    }

    /// How many classes the graph says it has, where it does.
    package func classCount(_ outputs: [TensorInfo]) -> Int? {
        switch self {
        case .probabilities(let output), .logits(let output):
            outputs[output].shape.count == 3 ? outputs[output].shape[2] : nil
        case .indices: nil
        }
    }

    /// What the graph saw in the first `count` lines of a batch.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the outputs do not have
    ///   the shapes above or the classes are not the alphabet's.
    package func steps(_ outputs: [Tensor], count: Int, alphabet: CTCAlphabet) throws -> [CTCSteps] {
        switch self {
        case .probabilities(let output):
            try Self.likeliest(Self.output(output, of: outputs), count, alphabet, isLogits: false)
        case .logits(let output):
            try Self.likeliest(Self.output(output, of: outputs), count, alphabet, isLogits: true)
        case .indices(let output, let confidence):
            try Self.paired(
                Self.output(output, of: outputs), Self.output(confidence, of: outputs), count, alphabet)
        }
    }

    private static func output(_ index: Int, of outputs: [Tensor]) throws -> Tensor {
        guard outputs.indices.contains(index) else { throw invalid("gave \(outputs.count) outputs") }
        return outputs[index]
    }

    private static func paired(
        _ indices: Tensor, _ confidence: Tensor, _ count: Int, _ alphabet: CTCAlphabet
    ) throws -> [CTCSteps] {
        guard indices.shape.count == 2, indices.shape[0] >= count, confidence.shape == indices.shape else {
            throw invalid("gave classes \(indices.shape) with confidences \(confidence.shape)")
        }
        let classes: [Int] =
            switch indices.elementType {
            case .int32: try indices.withElements(as: Int32.self) { $0.map(Int.init) }
            default: try indices.withElements(as: Int64.self) { $0.map(Int.init) }
            }
        if let stray = classes.first(where: { !(0..<alphabet.classCount).contains($0) }) {
            throw invalid("gave class \(stray), but its dictionary makes \(alphabet.classCount) classes")
        }
        let probabilities = try confidence.floats()
        let stepCount = indices.shape[1]
        return (0..<count).map { row in
            var steps = CTCSteps()
            for position in (row * stepCount)..<((row + 1) * stepCount) {
                steps.append(classes[position], probabilities[position])
            }
            return steps
        }
    }

    private static func likeliest(
        _ scores: Tensor, _ count: Int, _ alphabet: CTCAlphabet, isLogits: Bool
    ) throws -> [CTCSteps] {
        guard scores.shape.count == 3, scores.shape[0] >= count else {
            throw invalid(
                "gave the shape \(scores.shape) for \(count) lines instead of [lines, steps, classes]")
        }
        try alphabet.check(classCount: scores.shape[2])
        func read(_ scores: UnsafeBufferPointer<Float>, _ stepCount: Int) -> [CTCSteps] {
            (0..<count).map { row in
                var steps = CTCSteps()
                for step in (row * stepCount)..<((row + 1) * stepCount) {
                    let start = step * alphabet.classCount
                    let classes = scores[start..<(start + alphabet.classCount)]
                    guard let first = UnsafeBufferPointer(rebasing: classes).baseAddress else { continue }
                    let best = fovea_first_greatest(first, classes.count)
                    let value = first[best]
                    steps.append(best, isLogits ? softmax(of: value, best, among: classes) : value)
                }
                return steps
            }
        }
        guard scores.elementType == .float32 else {
            return try scores.floats().withUnsafeBufferPointer { read($0, scores.shape[1]) }
        }
        return try scores.withElements { read($0, scores.shape[1]) }
    }

    /// The greatest value's probability. 0 for the blank, where nobody asks.
    private static func softmax(
        of greatest: Float, _ index: Int, among values: Slice<UnsafeBufferPointer<Float>>
    ) -> Float {
        if index == CTCAlphabet.blank { return 0 }
        return 1 / values.reduce(Float(0)) { $0 + exp($1 - greatest) }
    }

    private static func invalid(_ what: String) -> FoveaError {
        FoveaError(
            .modelInvalid,
            "The text recognition model \(what): install the model.onnx that belongs to it.")
    }
}
