import Foundation
import FoveaBench
import Testing

@Suite struct BenchReportTests {
    private static func result(_ latencies: [Double], cpuSeconds: Double? = nil) -> LoadResult {
        // One after the other, filling the window.
        var samples: [LoadSample] = []
        var now = 0.0
        for latency in latencies {
            samples.append(LoadSample(began: now, ended: now + latency))
            now += latency
        }
        return LoadResult(samples, window: 0...now, cpuSeconds: cpuSeconds)
    }

    private static let warm = ServiceBench.WarmUp(device: "cpu", found: 5)

    private static var report: BenchReport {
        BenchReport(
            date: Date(timeIntervalSince1970: 0), version: "1",
            machine: .init(processor: "A processor", cores: 2, loadAverage: 0.25), service: "fovea serve",
            pictures: [[1, 2], [3, 4, 5, 6]], rounds: 3, seconds: 1)
    }

    @Test func aRowIsTheMedianOfItsRounds() {
        // 10, 20 and 4 a second; 1 s of processor time for the 10 and 20 answers each, 1 for 4.
        let rounds = [
            Self.result(Array(repeating: 0.1, count: 10), cpuSeconds: 1),
            Self.result(Array(repeating: 0.05, count: 20), cpuSeconds: 1),
            Self.result(Array(repeating: 0.25, count: 4), cpuSeconds: 1),
        ]
        let row = BenchRow(BenchCase(.faces, model: "M"), clients: 4, warmUp: Self.warm, rounds: rounds)
        #expect(abs((row.perSecond ?? 0) - 10) < 1e-9)
        #expect(abs((row.cpuSecondsPerThousand ?? 0) - 100) < 1e-9)
        // 34 latencies: the 17th is 0.05, the 34th 0.25.
        #expect(abs((row.p50Milliseconds ?? 0) - 50) < 1e-9)
        #expect(abs((row.p99Milliseconds ?? 0) - 250) < 1e-9)
        // 100,000 / 10 / 3600.
        #expect(abs((row.hoursPer100kPhotos ?? 0) - 2.7777777) < 1e-6)
        #expect(row.answers == 34)
        #expect(row.found == 5)
    }

    @Test func textsTakeNoHours() {
        let row = BenchRow(
            BenchCase(.clipText, model: "M", texts: .fresh), clients: 1, warmUp: Self.warm,
            rounds: [Self.result([0.1])])
        #expect(row.hoursPer100kPhotos == nil && row.found == nil)
    }

    @Test func theRatioIsTheMedianOfTheRoundsRatios() {
        func answer(_ rate: Double) -> EngineAnswer {
            EngineAnswer(Self.result(Array(repeating: 1 / rate, count: 8)))
        }
        // 0.5, 0.8 and 0.9: a round in which the machine was busy with something else tells nothing.
        let bare = BenchRow.BareFigures(
            engine: "cpu", arrangement: Arrangement(sessions: 1, threads: 2, runs: 1),
            rounds: [(4, answer(8)), (8, answer(10)), (9, answer(10)), (7, EngineAnswer(problem: "gone"))],
            tried: [:])
        #expect(abs(bare.ratio - 0.8) < 1e-9)
        #expect(abs(bare.perSecond - 10) < 1e-9)
    }

    @Test func theTableLinesUp() {
        var report = Self.report
        report.rows = [
            BenchRow(
                BenchCase(.clipImage, model: "ViT"), clients: 4, warmUp: Self.warm,
                rounds: [Self.result(Array(repeating: 0.125, count: 8), cpuSeconds: 0.5)]),
            BenchRow(BenchCase(.ocr, model: "PP-OCR"), clients: 4, failure: "no such model (status 404)"),
        ]
        report.anonymousBytes = 300 << 20
        report.residentBytes = 700 << 20
        #expect(
            report.text == """
                TASK        MODEL   DEVICE  PER SECOND     P50     P99  CPU/1000  100,000 PHOTOS  ERRORS
                clip-image  ViT     cpu         8.00/s  125 ms  125 ms    62.5 s          3.47 h
                ocr         PP-OCR                   -       -       -         -                       1

                Memory at the end: 300 MiB, 700 MiB with mapped files.
                2 previews of 0 kB on average.
                2 cores (A processor), load average before 0.2; median of 3 rounds.
                ocr: no such model (status 404)

                """)
        #expect(!report.allFailed)
    }

    @Test func hoursOfSeveralTasksAddUp() {
        var report = Self.report
        let fast = Self.result(Array(repeating: 0.1, count: 10))
        report.rows = [
            BenchRow(BenchCase(.clipImage, model: "A"), clients: 4, warmUp: Self.warm, rounds: [fast])
        ]
        #expect(report.hoursPer100kPhotos == nil)
        report.rows.append(
            BenchRow(BenchCase(.faces, model: "B"), clients: 4, warmUp: Self.warm, rounds: [fast]))
        #expect(abs((report.hoursPer100kPhotos ?? 0) - 5.5555555) < 1e-6)
    }

    @Test func aRunWithoutAnyAnswerHasFailed() {
        var report = Self.report
        report.rows = [BenchRow(BenchCase(.ping), clients: 4, failure: "refused")]
        #expect(report.allFailed)
    }

    @Test func jsonComesBack() throws {
        var report = Self.report
        report.rows = [BenchRow(BenchCase(.ping), clients: 4, failure: "refused")]
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        #expect(try decoder.decode(BenchReport.self, from: report.json) == report)
    }

    @Test(arguments: [(0.1234, "0.12"), (9.876, "9.88"), (12.34, "12.3"), (1234.5, "1234")])
    func numbersHaveThreeDigitsThatCount(value: Double, text: String) {
        #expect(BenchReport.number(value) == text)
    }
}
