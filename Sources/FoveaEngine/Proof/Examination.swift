import FoveaBackends
import FoveaCore
import FoveaModels

/// Asks a model the questions of its ``ProbeSet``.
struct Examination: Sendable {
    let answers: [Answer]

    /// - Throws: what the model throws.
    init(of model: LoadedModel, with probes: ProbeSet) async throws {
        var answers: [Answer] = []
        for question in probes.questions {
            answers.append(
                try await model.run(question.step, on: question.subject, after: question.previous))
        }
        self.answers = answers
    }
}

/// How long a model takes for the questions of its ``ProbeSet`` on a device,
/// and on the processor.
struct ExaminationTimes: Sendable {
    /// Seconds of a question, mean over all.
    let device, reference: Double

    /// Other requests run meanwhile, so the two take turns, and of each
    /// question's rounds the one counts that was disturbed least. Run after both
    /// models were examined: the first run of a shape may compile.
    ///
    /// - Throws: what the models throw.
    init(of model: LoadedModel, and reference: LoadedModel, with probes: ProbeSet, rounds: Int = 3)
        async throws
    {
        var least = [[Double]](repeating: [.infinity, .infinity], count: probes.questions.count)
        for _ in 0..<rounds {
            for (index, question) in probes.questions.enumerated() {
                for (side, model) in [model, reference].enumerated() {
                    let begun = SuspendingClock.now
                    _ = try await model.run(
                        question.step, on: question.subject, after: question.previous)
                    least[index][side] = min(least[index][side], (SuspendingClock.now - begun) / .seconds(1))
                }
            }
        }
        func mean(_ side: Int) -> Double {
            least.isEmpty ? 0 : least.reduce(0) { $0 + $1[side] } / Double(least.count)
        }
        device = mean(0)
        self.reference = mean(1)
    }
}
