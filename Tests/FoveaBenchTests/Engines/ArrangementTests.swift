import FoveaBench
import FoveaCore
import Testing

@Suite struct ArrangementTests {
    @Test(arguments: 1...16)
    func thoseOfProcessorsKeepTheCoresBusyAndNoMore(cores: Int) {
        let all = Arrangement.candidates(for: .cpu, cores: cores)
        #expect(Set(all).count == all.count)
        #expect(all.contains(Arrangement(sessions: 1, threads: cores, runs: 1)))
        #expect(all.allSatisfy { $0.sessions <= $0.runs && $0.runs <= max(cores, 2) })
        #expect(all.allSatisfy { (1...cores).contains($0.threads) && $0.rows == 1 })
        #expect(Arrangement.candidates(for: Device(.openvino, "CPU"), cores: cores) == all)
    }

    @Test(arguments: ["cuda:0", "openvino:GPU.0", "webgpu:0"])
    func thoseOfAcceleratorsHaveMoreAndMoreRows(name: String) throws {
        let device = try #require(Device(name))
        let all = Arrangement.candidates(for: device, cores: 8)
        let divided = all.map { [$0.rows, $0.runs] }
        #expect(divided == [[1, 1], [1, 2], [16, 1], [16, 2], [64, 1], [64, 2]])
        #expect(all.allSatisfy { $0.sessions == 1 && $0.threads == 0 })
    }

    @Test func theySayWhatTheyAre() {
        #expect(
            "\(Arrangement(sessions: 2, threads: 1, runs: 2))" == "2 sessions, 1 thread, 2 runs, 1 row")
        #expect("\(Arrangement(sessions: 1, threads: 0, runs: 1, rows: 64))" == "1 session, 1 run, 64 rows")
    }

    private static func answer(_ perSecond: Double) -> EngineAnswer {
        let sample = LoadSample(began: 0, ended: 1 / perSecond)
        return EngineAnswer(LoadResult([sample], window: 0...(1 / perSecond)))
    }

    @Test func theFastestOfAllEnginesIsTheBest() {
        var trials = EngineTrials()
        #expect(trials.best == nil && trials.problems.isEmpty)
        let (one, more) = (
            Arrangement(sessions: 1, threads: 0, runs: 1), Arrangement(sessions: 1, threads: 0, runs: 2)
        )
        trials.add("a", one, Self.answer(2))
        trials.add("b", one, Self.answer(8))
        trials.add("b", more, Self.answer(4))
        #expect(trials.best?.engine == "b" && trials.best?.arrangement == one)
        #expect(trials.tried == ["a: \(one)": 2, "b: \(one)": 8, "b: \(more)": 4])
        #expect(trials.problems.isEmpty)
    }

    @Test func problemsSayOfWhatTheyAre() {
        let all = [1, 2, 3].map { Arrangement(sessions: 1, threads: 0, runs: 1, rows: $0) }
        var trials = EngineTrials()
        trials.add("some", all[0], Self.answer(1))
        for arrangement in all { trials.add("none", arrangement, EngineAnswer(problem: "no library")) }
        for arrangement in all[1...] { trials.add("some", arrangement, EngineAnswer(problem: "one row")) }
        #expect(
            trials.problems == [
                "none": "no library",
                "some with 1 session, 1 run, 2 rows; 1 session, 1 run, 3 rows": "one row",
            ])
    }
}
