import FoveaCore
import FoveaMetrics
import Foundation
import Testing

@Suite struct ServiceMetricsTests {
    private let start = Date(timeIntervalSince1970: 1_795_577_227.5)

    /// The lines of the metrics named, without comments.
    private func lines(_ metrics: ServiceMetrics, _ names: String..., of health: HealthReport? = nil)
        -> [String]
    {
        metrics.prometheusText(health ?? HealthReport(.cpu())).split(separator: "\n").map(String.init)
            .filter { line in names.contains { line.hasPrefix($0 + "{") || line.hasPrefix($0 + " ") } }
    }

    @Test func answersAreCountedByTaskAndStatus() {
        var metrics = ServiceMetrics(startTime: start)
        metrics.requestAnswered(.task(.clip), status: 200, duration: .milliseconds(80), report: .visual)
        metrics.requestAnswered(.task(.clip), status: 200, duration: .milliseconds(170))
        metrics.requestAnswered(.task(.clip), status: 500, duration: .seconds(9))
        metrics.requestAnswered(.unknown, status: 422, duration: .zero)
        metrics.requestAnswered(.several, status: 777, duration: .zero)
        #expect(
            lines(metrics, "fovea_requests_total", "fovea_request_failures_total") == [
                #"fovea_requests_total{task="clip",status="200"} 2"#,
                #"fovea_requests_total{task="clip",status="500"} 1"#,
                #"fovea_requests_total{task="several",status="other"} 1"#,
                #"fovea_requests_total{task="unknown",status="422"} 1"#,
                #"fovea_request_failures_total{task="clip",status="500"} 1"#,
                #"fovea_request_failures_total{task="several",status="other"} 1"#,
                #"fovea_request_failures_total{task="unknown",status="422"} 1"#,
            ])
        // 0.08 + 0.17: failures are not among them.
        #expect(
            lines(metrics, "fovea_request_duration_seconds_sum", "fovea_request_duration_seconds_count") == [
                #"fovea_request_duration_seconds_sum{task="clip"} 0.25"#,
                #"fovea_request_duration_seconds_count{task="clip"} 2"#,
            ])
    }

    @Test func reportsBecomePhasesRunsAndBatches() {
        var metrics = ServiceMetrics(startTime: start)
        var report = PredictionReport.visual
        report.runs[0].batch = 6
        report.runs[0].count = 3
        metrics.requestAnswered(.task(.clip), status: 200, duration: .milliseconds(80), report: report)
        #expect(
            lines(metrics, "fovea_phase_duration_seconds_sum") == [
                #"fovea_phase_duration_seconds_sum{task="clip",phase="decode"} 0.0098"#,
                #"fovea_phase_duration_seconds_sum{task="clip",phase="queue"} 0.0001"#,
                #"fovea_phase_duration_seconds_sum{task="clip",phase="run"} 0.05"#,
            ])
        #expect(
            lines(metrics, "fovea_batch_rows_sum", "fovea_model_runs_total") == [
                #"fovea_batch_rows_sum{task="clip",type="visual"} 6"#,
                #"fovea_model_runs_total{task="clip",type="visual",model="ViT-B-32__openai",device="cpu","#
                    + #"provider="CPUExecutionProvider",precision="fp32"} 3"#,
            ])
    }

    @Test func whatAnotherServiceRanIsItsOwn() {
        var metrics = ServiceMetrics(startTime: start)
        var report = PredictionReport.visual
        report.service = "http://big:3003"
        metrics.requestAnswered(.task(.clip), status: 200, duration: .milliseconds(80), report: report)
        #expect(
            lines(metrics, "fovea_model_runs_total") == [
                #"fovea_model_runs_total{task="clip",type="visual",model="ViT-B-32__openai","#
                    + #"device="http://big:3003",provider="CPUExecutionProvider",precision="fp32"} 1"#
            ])
    }

    @Test func whatGoesWrongIsCounted() {
        var metrics = ServiceMetrics(startTime: start)
        metrics.requestCancelled(.task(.ocr))
        metrics.requestRejected(.queueDepth)
        metrics.requestRejected(.queueDepth)
        metrics.deadlineExceeded(.task(.clip))
        metrics.requestRetried(slot: 1, .workerExited)
        metrics.workerRestarted(slot: 1, .killed)
        metrics.workerRestarted(slot: 0, .startFailed)
        metrics.modelLoadFailed(.ocr, .detection, slot: 0)
        metrics.modelFellBack(.visual, wanted: "cuda:0", device: "cpu")
        #expect(
            lines(
                metrics, "fovea_requests_cancelled_total", "fovea_requests_rejected_total",
                "fovea_requests_deadline_exceeded_total"
            ).filter { !$0.hasSuffix(" 0") } == [
                #"fovea_requests_cancelled_total{task="ocr"} 1"#,
                #"fovea_requests_rejected_total{reason="queue_depth"} 2"#,
                #"fovea_requests_deadline_exceeded_total{task="clip"} 1"#,
            ])
        #expect(
            lines(
                metrics, "fovea_retries_total", "fovea_model_load_failures_total", "fovea_fallbacks_total",
                "fovea_worker_restarts_total") == [
                    #"fovea_retries_total{slot="1",reason="worker_exited"} 1"#,
                    #"fovea_model_load_failures_total{slot="0",task="ocr",type="detection"} 1"#,
                    #"fovea_fallbacks_total{task="clip",type="visual",model="ViT-B-32__openai","#
                        + #"wanted="cuda:0",device="cpu"} 1"#,
                    #"fovea_worker_restarts_total{slot="0",reason="start_failed"} 1"#,
                    #"fovea_worker_restarts_total{slot="1",reason="killed"} 1"#,
                ])
    }

    @Test func failuresByTaskAreThereFromTheStart() {
        #expect(
            lines(ServiceMetrics(startTime: start), "fovea_requests_cancelled_total") == [
                #"fovea_requests_cancelled_total{task="clip"} 0"#,
                #"fovea_requests_cancelled_total{task="facial-recognition"} 0"#,
                #"fovea_requests_cancelled_total{task="ocr"} 0"#,
                #"fovea_requests_cancelled_total{task="several"} 0"#,
                #"fovea_requests_cancelled_total{task="unknown"} 0"#,
            ])
    }

    @Test func loadsAreTimedByModel() {
        var metrics = ServiceMetrics(startTime: start)
        metrics.modelLoaded(.visual, slot: 0, duration: .milliseconds(750))
        #expect(
            lines(metrics, "fovea_model_load_duration_seconds_sum") == [
                #"fovea_model_load_duration_seconds_sum{slot="0",task="clip",type="visual","#
                    + #"model="ViT-B-32__openai"} 0.75"#
            ])
    }

    @Test func thereAreOnlySoManyModels() {
        var metrics = ServiceMetrics(startTime: start)
        for index in 0..<(ServiceMetrics.maximumModels + 50) {
            metrics.modelFellBack(
                ModelID(.clip, .visual, name: "m\(index)"), wanted: "cuda:0", device: "cpu")
        }
        let series = lines(metrics, "fovea_fallbacks_total")
        #expect(series.count == ServiceMetrics.maximumModels + 1)
        #expect(series.contains { $0.contains(#"model="other""#) && $0.hasSuffix(" 50") })
    }

    @Test func aRequestsTaskIsWhatItsStepsShare() {
        let clip = PredictionRequest.Step.clipVisual(model: "a")
        let face = PredictionRequest.Step.faceDetection(model: "f")
        let recognition = PredictionRequest.Step.faceRecognition(model: "f")
        let request = { PredictionRequest(payload: .text(""), steps: $0) }
        #expect(RequestTask(request([clip])) == .task(.clip))
        #expect(RequestTask(request([face, recognition])) == .task(.facialRecognition))
        #expect(RequestTask(request([clip, face])) == .several)
        #expect(RequestTask(request([])) == .unknown)
    }
}
