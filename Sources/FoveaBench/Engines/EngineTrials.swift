/// What came of trying engines, each with several arrangements.
package struct EngineTrials: Sendable {
    /// The fastest of them; `nil` where none ran.
    package private(set) var best: (engine: String, arrangement: Arrangement)?
    /// Items a second, by engine and arrangement.
    package private(set) var tried: [String: Double] = [:]

    private struct Failure: Sendable {
        var engine: String
        var arrangement: Arrangement
        var reason: String
    }

    private var bestRate = 0.0
    private var failures: [Failure] = []
    private var trials: [String: Int] = [:]

    package init() {}

    package mutating func add(_ engine: String, _ arrangement: Arrangement, _ answer: EngineAnswer) {
        trials[engine, default: 0] += 1
        guard let rate = answer.perSecond else {
            let reason = answer.problem ?? "no answer"
            failures.append(Failure(engine: engine, arrangement: arrangement, reason: reason))
            return
        }
        tried["\(engine): \(arrangement)"] = rate
        if rate > bestRate { (best, bestRate) = ((engine, arrangement), rate) }
    }

    /// Why engines did not run it, by engine; or by engine and arrangements,
    /// where it ran with others or for several reasons.
    package var problems: [String: String] {
        var problems: [String: String] = [:]
        for (engine, failed) in Dictionary(grouping: failures, by: \.engine) {
            for (reason, alike) in Dictionary(grouping: failed, by: \.reason) {
                let arrangements = alike.map(\.arrangement.description).joined(separator: "; ")
                let isAll = alike.count == trials[engine]
                problems[isAll ? engine : "\(engine) with \(arrangements)"] = reason
            }
        }
        return problems
    }
}
