import FoveaCore
import FoveaMetrics
import Testing

// Values follow https://www.w3.org/TR/server-timing/#the-server-timing-header-field.
@Suite struct ServerTimingTests {
    @Test func phasesAreInTheirOrderAndInMilliseconds() {
        let report = PredictionReport(durations: [
            .finish: .milliseconds(2), .decode: .microseconds(9800), .queue: .microseconds(100),
            .run: .microseconds(50_025), .load: .seconds(61), .prepare: .zero,
        ])
        #expect(
            report.timingHeader
                == "queue;dur=0.1, load;dur=61000, decode;dur=9.8, prepare;dur=0, run;dur=50.025, finish;dur=2"
        )
        #expect(PredictionReport.durations(timing: report.timingHeader ?? "") == report.durations)
    }

    @Test func durationsAreRoundedToMicroseconds() {
        #expect(PredictionReport(durations: [.run: .nanoseconds(1_234_567)]).timingHeader == "run;dur=1.235")
        #expect(PredictionReport(durations: [.run: .nanoseconds(499)]).timingHeader == "run;dur=0")
        #expect(PredictionReport(durations: [.run: .seconds(-1)]).timingHeader == "run;dur=0")
        #expect(
            PredictionReport(durations: [.run: .seconds(Int64.max)]).timingHeader == "run;dur=1000000000000")
    }

    @Test func noPhasesAreNoHeader() {
        #expect(PredictionReport().timingHeader == nil)
        #expect(PredictionReport().headers.isEmpty)
    }

    /// Names of parameters are case-insensitive, those of metrics are not;
    /// values may be quoted; of parameters alike, the first counts.
    @Test(arguments: [
        ("run;dur=1.5", 1500), ("  run ; dur = 1.5 ", 1500), ("run;DUR=1.5", 1500), ("run;dur=\"1.5\"", 1500),
        ("run;desc=\"a, b; dur=7\";dur=1.5", 1500), ("run;desc=\"\\\", run;dur=2\";dur=1.5", 1500),
        ("run;dur=1.5;dur=2", 1500), ("db;dur=3, run;dur=1.5", 1500), ("run;dur=1.5, run;dur=2", 1500),
        (",,run;dur=1.5,", 1500), ("run;dur=1e3", 1_000_000),
    ])
    func otherWaysToWriteIt(_ text: String, _ microseconds: Int) {
        #expect(PredictionReport.durations(timing: text) == [.run: .microseconds(microseconds)])
    }

    @Test(arguments: [
        "", "run", "run;dur", "run;dur=", "run;dur=abc", "run;dur=-1", "run;dur=nan", "run;dur=inf",
        "run;dur=1e30", "Run;dur=1", "run;dur=\"", "run;desc=\"run;dur=1", "run=1", ";dur=1",
        "run;dur=x;dur=1",
    ])
    func whatIsNoTimeOfAPhaseIsLeftOut(_ text: String) {
        #expect(PredictionReport.durations(timing: text).isEmpty)
    }
}
