import FoveaBackends
import FoveaCore
import FoveaModels

/// Asks a model the questions of its ``ProbeSet`` and takes the time.
struct Examination: Sendable {
    let answers: [Answer]
    /// Of a question, median over all.
    let seconds: Double

    /// - Throws: what the model throws.
    init(of model: LoadedModel, with probes: ProbeSet) async throws {
        var answers: [Answer] = []
        var times: [Double] = []
        for question in probes.questions {
            // The first run of a shape may compile; it is not what is timed.
            _ = try await model.run(question.step, on: question.subject, after: question.previous)
            let begun = SuspendingClock.now
            answers.append(
                try await model.run(question.step, on: question.subject, after: question.previous))
            times.append((SuspendingClock.now - begun) / .seconds(1))
        }
        self.answers = answers
        seconds = times.sorted()[times.count / 2]
    }
}
