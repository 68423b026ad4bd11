/// What the rounds of one case came to.
package struct BenchRow: Sendable, Equatable, Codable {
    package var task: BenchTask
    package var texts: BenchCase.Texts?
    package var model: String?
    /// Where its models ran, as far as the service says.
    package var device: String?
    package var clients: Int
    /// Answers a second: the median of the rounds.
    package var perSecond: Double?
    /// Milliseconds from a request to its answer, over all rounds.
    package var p50Milliseconds: Double?
    package var p99Milliseconds: Double?
    /// Seconds of processor time that 1,000 answers cost the service.
    package var cpuSecondsPerThousand: Double?
    /// For pictures.
    package var hoursPer100kPhotos: Double?
    /// Answers that were counted, over all rounds.
    package var answers: Int
    package var failures: Int
    /// Why the first failed, or none was sent.
    package var failure: String?
    /// Faces or lines of text found in one pass over the pictures.
    package var found: Int?
    /// The engine with nothing around it.
    package var bare: BareFigures?

    /// The best engine with the best arrangement, on the same inputs.
    package struct BareFigures: Sendable, Equatable, Codable {
        package var engine: String
        package var arrangement: Arrangement
        /// The median of the rounds.
        package var perSecond: Double
        package var cpuSecondsPerThousand: Double?
        /// The service's rate by the engine's: the median of the rounds.
        package var ratio: Double
        /// The rates of all that was tried, by engine and arrangement.
        package var tried: [String: Double]
        /// Why an engine did not run it, by engine, and arrangements where it ran
        /// with others.
        package var problems: [String: String]

        package init(
            engine: String, arrangement: Arrangement, rounds: [(service: Double, engine: EngineAnswer)],
            tried: [String: Double], problems: [String: String] = [:]
        ) {
            self.engine = engine
            self.arrangement = arrangement
            self.tried = tried
            self.problems = problems
            let pairs = rounds.compactMap { round in round.engine.perSecond.map { (round.service, $0) } }
            perSecond = Statistics.median(pairs.map(\.1)) ?? 0
            cpuSecondsPerThousand = Statistics.median(rounds.compactMap(\.engine.cpuSecondsPerThousand))
            ratio = Statistics.median(pairs.filter { $0.1 > 0 }.map { $0.0 / $0.1 }) ?? 0
        }
    }

    /// - Parameter rounds: at least one.
    package init(_ benchCase: BenchCase, clients: Int, warmUp: ServiceBench.WarmUp, rounds: [LoadResult]) {
        self.init(benchCase, clients: clients)
        device = warmUp.device
        found = benchCase.task == .faces || benchCase.task == .ocr ? warmUp.found : nil
        let latencies = rounds.flatMap(\.latencies)
        answers = latencies.count
        failures = rounds.reduce(0) { $0 + $1.failures }
        failure = rounds.compactMap(\.failure).first
        guard !latencies.isEmpty else { return }
        perSecond = Statistics.median(rounds.map(\.perSecond))
        p50Milliseconds = Statistics.quantile(0.5, of: latencies).map { $0 * 1000 }
        p99Milliseconds = Statistics.quantile(0.99, of: latencies).map { $0 * 1000 }
        cpuSecondsPerThousand = Statistics.median(rounds.compactMap(\.cpuSecondsPerThousand))
        if benchCase.task.takesPictures { hoursPer100kPhotos = perSecond.map { 100_000 / $0 / 3600 } }
    }

    /// A case that could not be measured.
    package init(_ benchCase: BenchCase, clients: Int, failure: String) {
        self.init(benchCase, clients: clients)
        self.failure = failure
        failures = 1
    }

    private init(_ benchCase: BenchCase, clients: Int) {
        task = benchCase.task
        texts = benchCase.texts
        model = benchCase.model
        self.clients = clients
        answers = 0
        failures = 0
    }

    package var name: String { BenchCase(task, model: model, texts: texts).name }
}
