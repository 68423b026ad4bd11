import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Foundation
import Testing

/// What the gateway tells about itself.
@Suite(.timeLimit(.minutes(1))) struct PageTests {
    private let clip = ModelID(.clip, .textual, name: "ViT-B-32__openai")

    private func answer(_ gateway: Gateway, _ path: String) async -> String? {
        await gateway.page(path).map { "\($0.status) \(String(decoding: $0.body, as: UTF8.self))" }
    }

    @Test func aGatewayThatNobodyAskedIsReady() async throws {
        let gateway = Gateway.with(slots: 2, launcher: FakeLauncher())
        let health = try await gateway.reportedHealth()
        #expect(health.status == .ok)
        #expect(health.slots.map(\.index) == [0, 1])
        #expect(health.slots.map(\.device) == ["cpu", "cpu"])
        #expect(health.slots.map(\.state) == [.stopped, .stopped])
        #expect(await gateway.page("/health")?.status == 200)
        #expect(await answer(gateway, "/health/live") == #"200 {"live":true}"#)
        #expect(await answer(gateway, "/health/ready") == #"200 {"ready":true}"#)
        #expect(await answer(gateway, "/v2/health/live") == #"200 {"live":true}"#)
        #expect(await answer(gateway, "/v2/health/ready") == #"200 {"ready":true}"#)
    }

    @Test func aWorkerAndItsModelsAreTold() async throws {
        let launcher = FakeLauncher()
        let gateway = Gateway.with(
            launcher: launcher, limits: Limits(queueRequests: 12, queueBytes: 345),
            memory: FakeMemory { $0 == 1001 ? 100 : nil })
        _ = try await gateway.ask("a")
        let worker = await launcher.worker()
        worker?.say(.model(.loaded(clip, .cpu, bytes: 1000, took: .seconds(1), pinned: false)))
        try await until { try await gateway.reportedHealth().slots[0].models.count == 1 }
        let health = try await gateway.reportedHealth()
        let slot = try #require(health.slots.first)
        #expect(slot.state == .running)
        #expect(slot.pid == 1001)
        #expect(slot.rssBytes == 200)
        #expect(slot.anonymousBytes == 100)
        #expect(slot.restarts == 0)
        #expect(slot.models == [.init(clip, state: .loaded, placement: .cpu, bytes: 1000)])
        #expect(health.queue.limits == .init(depth: 12, bytes: 345, running: 2))
        #expect(health.queue.bytes == 4567)
        #expect(
            await answer(gateway, "/v2/models/ViT-B-32__openai/ready")
                == #"200 {"name":"ViT-B-32__openai","ready":true}"#)
        #expect(await gateway.page("/v2/models/ViT-B-32%3A%3Aopenai/ready")?.status == 200)
        #expect(await gateway.page("/v2/models/clip%2FViT-B-32__openai%2Ftextual/ready")?.status == 200)
        #expect(await gateway.page("/v2/models/other/ready")?.status == 404)
    }

    @Test func aServiceThatStartsIsNotReady() async throws {
        let launcher = FakeLauncher(startsReady: false)
        let gateway = Gateway.with(launcher: launcher)
        let call = Task { try await gateway.ask("a") }
        let worker = await launcher.worker()
        #expect(try await gateway.reportedHealth().status == .starting)
        #expect(await gateway.page("/health")?.status == 503)
        #expect(await answer(gateway, "/health/live") == #"200 {"live":true}"#)
        #expect(await answer(gateway, "/health/ready") == #"503 {"ready":false}"#)
        #expect(await answer(gateway, "/v2/health/ready") == #"503 {"ready":false}"#)
        #expect(gateway.isAvailable, "It will be: requests are worth waiting")
        worker?.say(.ready(engine: "fake engine"))
        #expect(try await call.value == "a")
        #expect(await answer(gateway, "/health/ready") == #"200 {"ready":true}"#)
    }

    @Test func aServiceThatHasFailedIsNotLive() async throws {
        let launcher = FakeLauncher(startsReady: false)
        let gateway = Gateway.with(launcher: launcher, rules: SlotRules(capacity: 1, crashLoopLength: 1))
        let call = Task { try await gateway.ask("a") }
        await launcher.worker()?.die(Death(.killed, "it was ended by signal 9"))
        await #expect(throws: (any Error).self) { try await call.value }
        let health = try await gateway.reportedHealth()
        #expect(health.status == .unavailable)
        #expect(health.slots.map(\.lastError) == ["it was ended by signal 9"])
        #expect(health.slots.map(\.pid) == [nil])
        #expect(await answer(gateway, "/health/live") == #"503 {"live":false}"#)
        #expect(await answer(gateway, "/v2/health/live") == #"503 {"live":false}"#)
    }

    @Test func whatHappensIsCounted() async throws {
        let launcher = FakeLauncher { call, worker in
            if worker.number == 1 { try worker.breakOff() }
            return try await FakeLauncher.echo(call, worker)
        }
        let gateway = Gateway.with(launcher: launcher)
        _ = try await gateway.ask("a")
        await gateway.refused(status: 422)
        await gateway.refused(status: 429)
        let page = try #require(await gateway.page("/metrics"))
        #expect(page.status == 200)
        #expect(page.contentType == "text/plain; version=0.0.4; charset=utf-8")
        let lines = Set(String(decoding: page.body, as: UTF8.self).split(separator: "\n"))
        for line: Substring in [
            #"fovea_requests_total{task="clip",status="200"} 1"#,
            #"fovea_requests_total{task="unknown",status="422"} 1"#,
            #"fovea_requests_total{task="unknown",status="429"} 1"#,
            #"fovea_requests_rejected_total{reason="queue_depth"} 1"#,
            #"fovea_retries_total{slot="0",reason="worker_exited"} 1"#,
            #"fovea_worker_restarts_total{slot="0",reason="crashed"} 1"#,
            #"fovea_slot_state{slot="0",device="cpu",state="running"} 1"#,
            "fovea_queue_bytes 4567",
        ] {
            #expect(lines.contains(line))
        }
    }

    @Test(arguments: [
        "/", "/healthy", "/health/", "/v2", "/v2/models", "/v2/models/ready", "/v2/models//ready",
        "/v2/models/a", "/v2/models/%/ready", "/v2/models/%FF/ready", "/v2/models/a/ready/", "",
    ])
    func otherPagesAreNotThere(_ path: String) async {
        #expect(await Gateway.with(launcher: FakeLauncher()).page(path) == nil)
    }
}
