import FoveaCore
import FoveaMetrics
import Foundation
import Testing

@Suite struct GaugesTests {
    /// Everything there is before the first request, to the letter.
    @Test func theWholeTextOfAQuietService() {
        let metrics = ServiceMetrics(startTime: Date(timeIntervalSince1970: 1_795_577_227.5))
        let slot = HealthReport.Slot.cpu(
            .running, memory: ProcessMemory(residentBytes: 8192, anonymousBytes: 4096), running: 1,
            models: [
                HealthReport.Model(.visual, state: .loaded, placement: .cpu, bytes: 350_000_000),
                HealthReport.Model(.textual, state: .loading),
            ])
        let health = HealthReport(
            version: "1.2.3", uptime: .seconds(60), slots: [slot],
            queue: HealthReport.Queue(
                depths: [.standard: 3], bytes: 12_000_000, running: 1,
                limits: .init(depth: 100, bytes: 1 << 30, running: 4)))
        let text = metrics.prometheusText(health)
        #expect(text == Self.quiet)
        #expect(text == metrics.prometheusText(health))
    }

    @Test func theGatewaysMemoryIsThere() {
        let health = HealthReport(
            uptime: .zero, memory: ProcessMemory(residentBytes: 3, anonymousBytes: 2), slots: [],
            queue: .empty)
        let text = ServiceMetrics(startTime: .distantPast).prometheusText(health)
        #expect(text.contains("\nfovea_process_resident_memory_bytes{process=\"gateway\"} 3\n"))
        #expect(text.contains("\nfovea_process_anonymous_memory_bytes{process=\"gateway\"} 2\n"))
    }

    /// HELP and TYPE once a metric, all of its lines in one group, no line
    /// twice, a line feed at the end: what the format demands.
    @Test func theFormatsRulesAreKept() {
        var metrics = ServiceMetrics(startTime: .distantPast)
        for status in [200, 404] {
            for task in [RequestTask.task(.clip), .task(.ocr)] {
                metrics.requestAnswered(task, status: status, duration: .seconds(1), report: .visual)
            }
        }
        metrics.modelLoaded(ModelID(.ocr, .detection, name: "a\"b\n# TYPE x"), slot: 0, duration: .zero)
        let text = metrics.prometheusText(HealthReport(.cpu(), .cpu(.failed, index: 1)))
        #expect(text.hasSuffix("\n"))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(Set(lines).count == lines.count)
        var seen: Set<Substring> = []
        var current = Substring()
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 3)
            if line.hasPrefix("# HELP ") {
                current = words[2]
                #expect(seen.insert(current).inserted, "\(current) is there twice")
                #expect(current.hasPrefix("fovea_"))
            } else if line.hasPrefix("# TYPE ") {
                #expect(words[2] == current)
                if words[3] == "counter" { #expect(current.hasSuffix("_total")) }
            } else {
                #expect(line.hasPrefix(current))
            }
        }
    }

    private static let quiet = """
        # HELP fovea_build_info Which Fovea this is; always 1.
        # TYPE fovea_build_info gauge
        fovea_build_info{version="1.2.3"} 1
        # HELP fovea_process_start_time_seconds When the process started, in seconds since 1970.
        # TYPE fovea_process_start_time_seconds gauge
        fovea_process_start_time_seconds 1795577227.5
        # HELP fovea_requests_cancelled_total Requests whose client went away before the answer.
        # TYPE fovea_requests_cancelled_total counter
        fovea_requests_cancelled_total{task="clip"} 0
        fovea_requests_cancelled_total{task="facial-recognition"} 0
        fovea_requests_cancelled_total{task="ocr"} 0
        fovea_requests_cancelled_total{task="several"} 0
        fovea_requests_cancelled_total{task="unknown"} 0
        # HELP fovea_requests_rejected_total Requests turned away without being run.
        # TYPE fovea_requests_rejected_total counter
        fovea_requests_rejected_total{reason="no_slot"} 0
        fovea_requests_rejected_total{reason="queue_bytes"} 0
        fovea_requests_rejected_total{reason="queue_depth"} 0
        fovea_requests_rejected_total{reason="stopping"} 0
        # HELP fovea_requests_deadline_exceeded_total Requests given up because their time was over.
        # TYPE fovea_requests_deadline_exceeded_total counter
        fovea_requests_deadline_exceeded_total{task="clip"} 0
        fovea_requests_deadline_exceeded_total{task="facial-recognition"} 0
        fovea_requests_deadline_exceeded_total{task="ocr"} 0
        fovea_requests_deadline_exceeded_total{task="several"} 0
        fovea_requests_deadline_exceeded_total{task="unknown"} 0
        # HELP fovea_queue_requests Requests that wait, by priority.
        # TYPE fovea_queue_requests gauge
        fovea_queue_requests{priority="interactive"} 0
        fovea_queue_requests{priority="standard"} 3
        fovea_queue_requests{priority="bulk"} 0
        # HELP fovea_queue_bytes Bytes of the requests that wait.
        # TYPE fovea_queue_bytes gauge
        fovea_queue_bytes 12000000
        # HELP fovea_requests_running Requests that workers have.
        # TYPE fovea_requests_running gauge
        fovea_requests_running 1
        # HELP fovea_queue_limit_requests Requests that may wait.
        # TYPE fovea_queue_limit_requests gauge
        fovea_queue_limit_requests 100
        # HELP fovea_queue_limit_bytes Bytes that requests may have while they wait.
        # TYPE fovea_queue_limit_bytes gauge
        fovea_queue_limit_bytes 1073741824
        # HELP fovea_model_loaded Models in memory, by slot and where they run; always 1.
        # TYPE fovea_model_loaded gauge
        fovea_model_loaded{slot="0",task="clip",type="visual",model="ViT-B-32__openai",device="cpu",\
        provider="CPUExecutionProvider",precision="fp32"} 1
        # HELP fovea_model_memory_bytes Memory that a model takes, where that is known.
        # TYPE fovea_model_memory_bytes gauge
        fovea_model_memory_bytes{slot="0",task="clip",type="visual",model="ViT-B-32__openai"} 350000000
        # HELP fovea_slot_state 1 for the state a slot is in, 0 for all others.
        # TYPE fovea_slot_state gauge
        fovea_slot_state{slot="0",device="cpu",state="stopped"} 0
        fovea_slot_state{slot="0",device="cpu",state="starting"} 0
        fovea_slot_state{slot="0",device="cpu",state="running"} 1
        fovea_slot_state{slot="0",device="cpu",state="draining"} 0
        fovea_slot_state{slot="0",device="cpu",state="restarting"} 0
        fovea_slot_state{slot="0",device="cpu",state="failed"} 0
        # HELP fovea_slot_requests_running Requests that a slot's worker has.
        # TYPE fovea_slot_requests_running gauge
        fovea_slot_requests_running{slot="0"} 1
        # HELP fovea_process_resident_memory_bytes Memory that a process has, files it has mapped included.
        # TYPE fovea_process_resident_memory_bytes gauge
        fovea_process_resident_memory_bytes{process="slot-0"} 8192
        # HELP fovea_process_anonymous_memory_bytes Memory that a process has for itself alone.
        # TYPE fovea_process_anonymous_memory_bytes gauge
        fovea_process_anonymous_memory_bytes{process="slot-0"} 4096

        """
}
