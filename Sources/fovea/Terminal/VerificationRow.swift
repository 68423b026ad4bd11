import FoveaCore
import FoveaEngine
import Foundation

/// A line of what `fovea verify` shows.
struct VerificationRow: Encodable {
    var model: String
    /// The device, or the service.
    var `where`: String
    var measure: ProofMeasure?
    var value: Double?
    /// What the value has to reach.
    var needed: Double?
    var seconds: Double?
    var referenceSeconds: Double?
    /// Operators of the graph that the device took, and all of them.
    var operators: String?
    var passed: Bool
    var problem: String?

    init(_ proof: Proof) {
        model = proof.model.description
        self.where = "\(proof.placement.device) \(proof.placement.precision)"
        measure = proof.measure
        value = proof.value
        needed = proof.gate
        seconds = proof.seconds
        referenceSeconds = proof.referenceSeconds
        if !proof.operators.isEmpty {
            let all = proof.operators.values.reduce(0, +)
            operators = "\(proof.operators[proof.placement.provider] ?? 0) of \(all)"
        }
        passed = proof.passed
        problem = proof.remark
    }

    init(model: String, where place: String, problem: String) {
        self.model = model
        self.where = place
        passed = false
        self.problem = problem
    }

    init(model: String, where place: String, measure: ProofMeasure, value: Double, problem: String?) {
        self.model = model
        self.where = place
        self.measure = measure
        self.value = value
        needed = measure.gate
        self.problem = problem
        passed = problem == nil && value >= measure.gate
    }

    static func table(_ rows: [VerificationRow]) -> String {
        var table = TextTable(
            "MODEL", "ON", "RESULT", "MEASURE", "VALUE", "NEEDED", "TIME", "RATIO", "OPERATORS")
        for row in rows {
            let times = row.seconds.flatMap { seconds in row.referenceSeconds.map { (seconds, $0) } }
            table.add(
                row.model, row.where, row.passed ? "passed" : "FAILED", row.measure?.rawValue ?? "",
                row.value.map { String(format: "%.5f", $0) } ?? "",
                row.needed.map { "\($0)" } ?? "",
                times.map { String(format: "%.1f ms", $0.0 * 1000) } ?? "",
                times.map { String(format: "%.2f x", $0.0 / $0.1) } ?? "", row.operators ?? "")
        }
        let problems = rows.compactMap { row in row.problem.map { "\(row.model) on \(row.where): \($0)\n" } }
        return table.text + (problems.isEmpty ? "" : "\n") + problems.joined()
    }
}
