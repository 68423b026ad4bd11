import FoveaBench
import FoveaClient
import FoveaCore

/// Measures cases one after the other; the service and the bare engine in
/// turn, so that what else the machine does meets both.
struct Benchmark {
    let service: ServiceBench
    let clients: [Int]
    let rounds: Int
    let seconds: Double
    /// Engines to compare with; none to measure the service only.
    let engines: [EngineProcess]

    /// Until a load has settled.
    private static let leadIn = 1.0

    /// - Throws: `CancellationError`. A case that fails is a row that says so.
    func measure(_ cases: [BenchCase], into report: inout BenchReport) async throws {
        let progress = StatusLine()
        defer { progress.end() }
        var pings: [Double] = []
        for benchCase in cases {
            progress.show("\(benchCase.name): warming up")
            do {
                report.rows += try await measure(benchCase, progress, &pings)
            } catch let error as CancellationError {
                throw error
            } catch {
                let reason = (error as? FoveaError)?.message ?? "\(error)"
                report.rows += clients.map { BenchRow(benchCase, clients: $0, failure: reason) }
            }
        }
        report.busyPingP50Milliseconds = Statistics.quantile(0.5, of: pings).map { $0 * 1000 }
        report.busyPingP99Milliseconds = Statistics.quantile(0.99, of: pings).map { $0 * 1000 }
    }

    private func measure(_ benchCase: BenchCase, _ progress: StatusLine, _ pings: inout [Double])
        async throws -> [BenchRow]
    {
        let warmUp = try await service.warmUp(benchCase)
        let rival = try await best(of: benchCase, progress)
        var results: [Int: [LoadResult]] = [:]
        var answers: [EngineAnswer] = []
        for round in 1...rounds {
            progress.show("\(benchCase.name): round \(round) of \(rounds)")
            for count in clients {
                let loop = ClosedLoop(clients: count, leadIn: Self.leadIn, seconds: seconds)
                if benchCase.task.takesPictures {
                    let (result, times) = await service.measureWithPings(benchCase, loop)
                    results[count, default: []].append(result)
                    pings += times
                } else {
                    results[count, default: []].append(await service.measure(benchCase, loop))
                }
            }
            try Task.checkCancellation()
            if let rival {
                answers.append(
                    await rival.engine.obey(
                        EngineOrder(benchCase, rival.arrangement, leadIn: Self.leadIn, seconds: seconds)))
            }
        }
        return clients.map { count in
            let rounds = results[count] ?? []
            var row = BenchRow(benchCase, clients: count, warmUp: warmUp, rounds: rounds)
            if let rival {
                row.bare = .init(
                    engine: rival.engine.name, arrangement: rival.arrangement,
                    rounds: Array(zip(rounds.map(\.perSecond), answers)), tried: rival.tried,
                    problems: rival.problems)
            }
            return row
        }
    }

    private struct Rival {
        var engine: EngineProcess
        var arrangement: Arrangement
        var tried: [String: Double]
        var problems: [String: String]
    }

    /// Tries each engine with each arrangement that its device may like.
    ///
    /// - Throws: ``FoveaError/Code/engineFailed`` where none can run it.
    private func best(of benchCase: BenchCase, _ progress: StatusLine) async throws -> Rival? {
        // Repeated texts are remembered; an engine has nothing to do with them.
        guard !engines.isEmpty, benchCase.model != nil, benchCase.texts != .repeated else { return nil }
        var trials = EngineTrials()
        for engine in engines {
            for arrangement in engine.arrangements {
                progress.show("\(benchCase.name), engine alone: \(engine.name), \(arrangement)")
                let answer = await engine.obey(
                    EngineOrder(
                        benchCase, arrangement, leadIn: Self.leadIn / 2, seconds: min(seconds / 2, 2)))
                try Task.checkCancellation()
                trials.add(engine.name, arrangement, answer)
            }
        }
        guard let best = trials.best, let engine = engines.first(where: { $0.name == best.engine }) else {
            let reasons = trials.problems.map { "\($0.key): \($0.value)" }.sorted().joined(separator: "; ")
            throw FoveaError(
                .engineFailed, "No engine could run it alone (\(reasons)): measure it without --bare.")
        }
        return Rival(
            engine: engine, arrangement: best.arrangement, tried: trials.tried, problems: trials.problems)
    }
}
