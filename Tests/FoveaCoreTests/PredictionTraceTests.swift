import FoveaCore
import Testing

@Suite struct PredictionTraceTests {
    private let clip = ModelID(.clip, .visual, name: "a")
    private let faces = ModelID(.facialRecognition, .recognition, name: "b")
    private let gpu = Placement(device: "cuda:0", provider: "CUDAExecutionProvider", precision: "fp16")

    @Test func timesOfOnePhaseAddUp() {
        let trace = PredictionTrace()
        #expect(trace.report == PredictionReport(), "Phases that did not happen are absent")
        trace.add(.seconds(2), to: .run)
        trace.add(.seconds(1), to: .decode)
        trace.add(.seconds(3), to: .run)
        #expect(trace.report.durations == [.run: .seconds(5), .decode: .seconds(1)])
    }

    @Test func runsAreCountedAndTheLargestBatchIsKept() {
        let trace = PredictionTrace()
        trace.addRun(of: faces, on: .cpu, batch: 4)
        trace.addRun(of: clip, on: .cpu, batch: 1)
        trace.addRun(of: faces, on: .cpu, batch: 2)
        #expect(
            trace.report.runs == [
                .init(model: faces, placement: .cpu, batch: 4, count: 2),
                .init(model: clip, placement: .cpu, batch: 1, count: 1),
            ], "In the order of their first run")
    }

    @Test func aModelThatMovedIsReportedAtBothPlaces() {
        let trace = PredictionTrace()
        trace.addRun(of: clip, on: gpu, batch: 1)
        trace.addRun(of: clip, on: .cpu, batch: 1)
        #expect(trace.report.runs.map(\.placement) == [gpu, .cpu])
    }

    @Test func aPoolReportsWorkAndWaitOfTheTaskThatAsks() async throws {
        let pool = BlockingPool(name: "test", width: 1)
        let trace = PredictionTrace()
        try await PredictionTrace.$current.withValue(trace) {
            try await pool.run(.decode) {}
            try await pool.run(.run) {}
            try await pool.run {}
        }
        #expect(Set(trace.report.durations.keys) == [.queue, .decode, .run])
    }

    @Test func workIsReportedBeforeItsResultIsThere() async throws {
        // Whoever has the answer may read the report.
        let pool = BlockingPool(name: "test", width: 1)
        for _ in 0..<200 {
            let trace = PredictionTrace()
            try await PredictionTrace.$current.withValue(trace) { try await pool.run(.finish) {} }
            #expect(trace.report.durations[.finish] != nil)
        }
    }

    @Test func workThatThrowsIsReported() async {
        struct Failure: Error {}
        let pool = BlockingPool(name: "test", width: 1)
        let trace = PredictionTrace()
        await #expect(throws: Failure.self) {
            try await PredictionTrace.$current.withValue(trace) {
                try await pool.run(.prepare) { throw Failure() }
            }
        }
        #expect(trace.report.durations[.prepare] != nil)
    }

    @Test func withoutATraceNothingIsNeeded() async throws {
        #expect(PredictionTrace.current == nil)
        #expect(try await BlockingPool(name: "test", width: 1).run(.run) { 1 } == 1)
    }
}
