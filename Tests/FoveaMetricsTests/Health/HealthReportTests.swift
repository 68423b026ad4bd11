import FoveaCore
import FoveaMetrics
import Foundation
import Testing

@Suite struct HealthReportTests {
    private let report = HealthReport(
        version: "1.2.3", uptime: .microseconds(61_500_400),
        memory: ProcessMemory(residentBytes: 40_000_000, anonymousBytes: 25_000_000),
        slots: [
            HealthReport.Slot(
                index: 1, device: "cuda:0", state: .restarting,
                since: Date(timeIntervalSince1970: 1_795_577_227), lastError: "Signal 11 ended the worker.",
                restarts: 2),
            .cpu(
                memory: ProcessMemory(residentBytes: 900_000_000, anonymousBytes: 500_000_000), running: 1,
                models: [
                    .init(.visual, state: .loaded, placement: .cpu, bytes: 350_000_000),
                    .init(.textual, state: .loading),
                ]),
        ],
        fallbacks: [.init(.visual, wanted: "cuda:0", device: "cpu", reason: "CUDA is out of memory.")],
        queue: HealthReport.Queue(
            depths: [.interactive: 1, .standard: 4], bytes: 2048, running: 1,
            limits: .init(depth: 100, bytes: 1 << 30, running: 4)))

    /// The names are those of docs/health.md; members are sorted by name
    /// (RFC 8259 leaves the order open), moments are RFC 3339.
    @Test func theTextIsTheDocumentedOne() {
        #expect(String(decoding: report.json, as: UTF8.self) == Self.text)
        #expect(report.json == report.json)
    }

    @Test func whatIsWrittenCanBeRead() throws {
        #expect(try HealthReport(json: report.json) == report)
        let empty = HealthReport(uptime: .zero, slots: [], queue: .empty)
        #expect(try HealthReport(json: empty.json) == empty)
    }

    @Test func textsOfAnyKindStayWhole() throws {
        var slot = HealthReport.Slot.cpu(.failed)
        slot.lastError = "a \"b\" \\ / \u{1}\n é 🐕 </script>"
        slot.models = [.init(ModelID(.ocr, .detection, name: "\"{é\u{0}"), state: .failed)]
        let report = HealthReport(slot)
        #expect(try HealthReport(json: report.json) == report)
    }

    /// The names are those of docs/health.md; what is not known is absent.
    @Test func trialsSayHowFarTheyAre() throws {
        var slot = HealthReport.Slot.cpu()
        slot.trials = [.init(.visual, device: "tensorrt:0", prepared: 3, toPrepare: 12)]
        let report = HealthReport(slot)
        #expect(
            String(decoding: report.json, as: UTF8.self).contains(
                #""trials":[{"device":"tensorrt:0","name":"ViT-B-32__openai","prepared":3,"task":"clip","#
                    + #""toPrepare":12,"type":"visual"}]"#))
        #expect(try HealthReport(json: report.json) == report)
    }

    /// As versions before wrote them, and as engines that compile nothing do.
    @Test func trialsThatSayNothingCanBeRead() throws {
        var slot = HealthReport.Slot.cpu()
        slot.trials = [.init(.visual, device: "cuda:0")]
        let report = HealthReport(slot)
        let text = String(decoding: report.json, as: UTF8.self)
        #expect(
            text.contains(
                #""trials":[{"device":"cuda:0","name":"ViT-B-32__openai","task":"clip","type":"visual"}]"#))
        #expect(try HealthReport(json: report.json).slots[0].trials?[0].prepared == nil)
    }

    @Test func slotsAreInTheOrderOfTheirIndex() {
        #expect(report.slots.map(\.index) == [0, 1])
    }

    @Test func theQueueNamesEveryPriority() {
        #expect(report.queue.depth == 5)
        #expect(HealthReport.Queue.empty.depthByPriority == [.interactive: 0, .standard: 0, .bulk: 0])
    }

    @Test func theExampleInTheDocumentationCanBeRead() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../docs/health.md").standardized
        let text = try String(contentsOf: file, encoding: .utf8)
        let start = try #require(text.range(of: "```json\n"))
        let end = try #require(text[start.upperBound...].range(of: "```"))
        let example = try HealthReport(json: text[start.upperBound..<end.lowerBound].utf8)
        #expect(example.status == .degraded)
        #expect(example.slots.count == 2)
        // Written again, no member is lost: the example names what exists.
        let documented = try JSONSerialization.jsonObject(
            with: Data(text[start.upperBound..<end.lowerBound].utf8))
        let written = try JSONSerialization.jsonObject(with: Data(example.json))
        #expect(documented as? NSDictionary == written as? NSDictionary)
    }

    private static let text = [
        #"{"anonymousBytes":25000000,"#,
        #""fallbacks":[{"device":"cpu","name":"ViT-B-32__openai","reason":"CUDA is out of memory.","#,
        #""task":"clip","type":"visual","wanted":"cuda:0"}],"#,
        #""queue":{"bytes":2048,"depth":5,"depthByPriority":{"bulk":0,"interactive":1,"standard":4},"#,
        #""limits":{"bytes":1073741824,"depth":100,"running":4},"running":1},"#,
        #""rssBytes":40000000,"#,
        #""slots":[{"anonymousBytes":500000000,"device":"cpu","index":0,"#,
        #""models":[{"bytes":350000000,"device":"cpu","name":"ViT-B-32__openai","precision":"fp32","#,
        #""provider":"CPUExecutionProvider","state":"loaded","task":"clip","type":"visual"},"#,
        #"{"name":"ViT-B-32__openai","state":"loading","task":"clip","type":"textual"}],"#,
        #""pid":4711,"restarts":0,"rssBytes":900000000,"running":1,"since":"2026-11-25T03:27:07Z","#,
        #""state":"running"},"#,
        #"{"device":"cuda:0","index":1,"lastError":"Signal 11 ended the worker.","models":[],"#,
        #""restarts":2,"running":0,"since":"2026-11-25T03:27:07Z","state":"restarting"}],"#,
        #""status":"degraded","uptimeSeconds":61.5,"version":"1.2.3"}"#,
    ].joined()
}
