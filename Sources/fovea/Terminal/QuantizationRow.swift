import FoveaCore
import FoveaEngine
import Foundation

/// A line of what `fovea models quantize` shows.
struct QuantizationRow: Encodable {
    var model: String
    /// Bytes of the graph and its weights.
    var bytes, originalBytes: Int?
    /// Of a step, with the work around the graph.
    var seconds, originalSeconds: Double?
    var measure: ProofMeasure?
    /// Lowest and mean value over the questions, and what the lowest has to
    /// reach.
    var least, mean, needed: Double?
    /// Whether the copy is used where int8 is asked for.
    var passed: Bool
    var problem: String?

    init(_ proof: Proof) {
        model = proof.model.description
        bytes = proof.graphBytes
        originalBytes = proof.referenceGraphBytes
        seconds = proof.seconds
        originalSeconds = proof.referenceSeconds
        measure = proof.measure
        least = proof.value
        mean = proof.mean
        needed = proof.gate
        passed = proof.passed && !proof.isSlower
        if !passed { problem = proof.passed ? "it takes longer than the original" : proof.explanation }
    }

    init(_ model: ModelID, problem: String) {
        self.model = model.description
        passed = false
        self.problem = problem
    }

    static func table(_ rows: [QuantizationRow]) -> String {
        var table = TextTable(
            "PART", "SIZE", "INT8", "TIME", "INT8", "SPEED", "MEASURE", "LEAST", "MEAN", "VERDICT")
        for row in rows {
            let verdict =
                row.passed
                ? "passes" : row.measure == nil ? "is not quantised" : "does not pass: not used"
            let speed = row.seconds.flatMap { seconds in row.originalSeconds.map { $0 / seconds } }
            table.add(
                row.model, size(row.originalBytes), size(row.bytes), time(row.originalSeconds),
                time(row.seconds), speed.map { String(format: "%.2f x", $0) } ?? "",
                row.measure?.rawValue ?? "", value(row.least), value(row.mean), verdict)
        }
        let problems = rows.compactMap { row in row.problem.map { "\(row.model): \($0)\n" } }
        return table.text + (problems.isEmpty ? "" : "\n") + problems.joined()
    }

    private static func size(_ bytes: Int?) -> String {
        bytes.map { Int64($0).formatted(.byteCount(style: .file)) } ?? ""
    }

    private static func time(_ seconds: Double?) -> String {
        seconds.map { String(format: "%.1f ms", $0 * 1000) } ?? ""
    }

    private static func value(_ value: Double?) -> String {
        value.map { String(format: "%.5f", $0) } ?? ""
    }
}
