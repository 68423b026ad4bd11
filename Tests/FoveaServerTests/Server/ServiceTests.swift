import FoveaCore
import FoveaMetrics
import FoveaServer
import Testing

/// What passes between the HTTP side and the service behind it.
@Suite(.timeLimit(.minutes(1))) struct ServiceTests {
    @Test func pingFailsWhereNothingCanAnswer() async throws {
        let reply = try await send(Requests.get("/ping"), FakeService(isAvailable: false))
        #expect(reply.status == 503)
        #expect(reply.header("content-type") == "application/json")
        #expect(reply.body == #"{"detail":"No worker can serve: GET /health says why."}"#)
    }

    @Test func aServiceHasPagesOfItsOwn() async throws {
        let service = FakeService(pages: [
            "/health": ServicePage.json(#"{"status":"ok"}"#, status: 503),
            "/metrics": ServicePage(contentType: "text/plain; version=0.0.4", body: Array("up 1\n".utf8)),
        ])
        let health = try await send(Requests.get("/health?verbose=1"), service)
        #expect(health.status == 503)
        #expect(health.header("content-type") == "application/json")
        #expect(health.header("content-length") == "15")
        #expect(health.body == #"{"status":"ok"}"#)
        let metrics = try await send(Requests.get("/metrics"), service)
        #expect(metrics.status == 200)
        #expect(metrics.header("content-type") == "text/plain; version=0.0.4")
        #expect(metrics.body == "up 1\n")
        #expect(try await send(Requests.get("/health/live"), service).status == 404)
        let post = try await send(Requests.get("/health", method: "POST"), service)
        #expect(post.status == 405)
        #expect(post.header("allow") == "GET")
    }

    @Test func theContractsPagesAreNotTheServices() async throws {
        let service = FakeService(pages: ["/ping": .json("{}"), "/": .json("{}")])
        #expect(try await send(Requests.get("/ping"), service).body == "pong")
        #expect(try await send(Requests.get("/"), service).body == #"{"message":"Immich ML"}"#)
    }

    @Test func theReportGoesIntoHeaders() async throws {
        let report = PredictionReport(
            durations: [.decode: .milliseconds(12), .run: .milliseconds(34)],
            runs: [.init(model: ModelID(.clip, .textual, name: "m"), placement: .cpu, batch: 1, count: 1)])
        let reply = try await send(Requests.predict(Requests.text("a")), FakeService(report: report))
        #expect(reply.status == 200)
        let read = PredictionReport(
            timing: reply.header("server-timing"), models: reply.header("x-fovea-models"))
        #expect(read == report)
    }

    @Test func anEmptyReportHasNoHeaders() async throws {
        let reply = try await send(Requests.predict(Requests.text("a")))
        #expect(reply.header("server-timing") == nil)
        #expect(reply.header("x-fovea-models") == nil)
    }

    @Test func theServiceIsToldWhoAsksAndHow() async throws {
        let service = FakeService()
        _ = try await send(Requests.predict(Requests.image("abc")), service)
        _ = try await send(Requests.predict(Requests.text("abc")), service)
        _ = try await send(
            Requests.predict(
                Requests.image("abc"), headers: "X-Fovea-Priority: bulk\r\nX-Request-Timeout: 1.5\r\n"),
            service)
        #expect(service.calls.map(\.priority) == [.standard, .interactive, .bulk])
        #expect(service.calls.map(\.timeout) == [nil, nil, .milliseconds(1500)])
        #expect(service.calls.map(\.client) == ["127.0.0.1", "127.0.0.1", "127.0.0.1"])
        #expect(
            service.calls.map { String(decoding: $0.entries, as: UTF8.self) }
                == [Requests.visual, Requests.textual, Requests.visual])
    }

    @Test func theServiceIsToldOfWhatIsRefused() async throws {
        let service = FakeService()
        for request in [
            Requests.predict("", type: "application/json"),
            Requests.predict(Requests.form(("entries", Requests.visual, nil))),
            Requests.predict(Requests.text("a"), headers: "X-Fovea-Priority: urgent\r\n"),
            Requests.predict(Requests.text("a"), headers: "X-Request-Timeout: never\r\n"),
        ] {
            _ = try await send(request, service)
        }
        #expect(service.refusals == [422, 400, 400, 400])
        #expect(service.calls.isEmpty)
        // What the service itself refuses, it knows, and pages are no requests.
        struct Failure: Error {}
        let failing = FakeService { _ in throw Failure() }
        #expect(try await send(Requests.predict(Requests.text("a")), failing).status == 500)
        #expect(try await send(Requests.get("/nope"), failing).status == 404)
        #expect(failing.refusals.isEmpty)
    }

    private func send(_ request: String, _ service: FakeService = FakeService()) async throws -> Reply {
        try await withServer(service) { port in
            Reply(try await RawConnection.exchange(port: port, request))
        }
    }
}

/// More requests than may be held.
@Suite(.timeLimit(.minutes(1))) struct OverloadTests {
    @Test func theyAreRefusedWhereTheSettingsSaySo() async throws {
        let (started, start) = AsyncStream<Void>.makeStream()
        let (releases, release) = AsyncStream<Void>.makeStream()
        let service = FakeService { request in
            start.yield()
            for await _ in releases { break }
            return try await FakeService.echo(request)
        }
        let settings = ["FOVEA_QUEUE_REQUESTS": "1", "FOVEA_OVERLOAD": "reject"]
        try await withServer(service, settings: settings) { port in
            try await RawConnection.open(port: port) { first in
                try await first.send(Requests.predict(Requests.text("abc")))
                for await _ in started { break }
                let refused = Reply(
                    try await RawConnection.exchange(port: port, Requests.predict(Requests.text("abc"))))
                #expect(refused.status == 429)
                #expect(refused.header("retry-after") == "1")
                #expect(
                    refused.body == #"{"detail":"Too many requests are waiting: try again in a second."}"#)
                #expect(
                    Reply(try await RawConnection.exchange(port: port, Requests.get("/ping"))).body == "pong")
                release.yield()
                #expect(Reply(try await first.receiveAll()).status == 200)
            }
            release.yield()
            let next = Reply(
                try await RawConnection.exchange(port: port, Requests.predict(Requests.text("abc"))))
            #expect(next.status == 200)
        }
        #expect(service.refusals == [429])
    }

    @Test func otherwiseTheyWaitAndAreAllAnswered() async throws {
        let service = FakeService { request in
            for _ in 0..<20 { await Task.yield() }
            return try await FakeService.echo(request)
        }
        // Bodies of several reads, and room for less than two of them.
        let settings = ["FOVEA_QUEUE_REQUESTS": "2", "FOVEA_QUEUE_BYTES": "500000"]
        try await withServer(service, settings: settings) { port in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        let picture = String(repeating: "a", count: 300_000)
                        return Reply(
                            try await RawConnection.exchange(
                                port: port, Requests.predict(Requests.image(picture)))
                        ).status
                    }
                }
                for try await status in group { #expect(status == 200) }
            }
        }
        #expect(service.calls.count == 12)
    }

    @Test func whoHangsUpWhileItsBodyWaitsIsForgotten() async throws {
        let (started, start) = AsyncStream<Void>.makeStream()
        let (releases, release) = AsyncStream<Void>.makeStream()
        let service = FakeService { request in
            start.yield()
            for await _ in releases { break }
            return try await FakeService.echo(request)
        }
        try await withServer(service, settings: ["FOVEA_QUEUE_REQUESTS": "1"]) { port in
            try await RawConnection.open(port: port) { first in
                try await first.send(Requests.predict(Requests.text("abc")))
                for await _ in started { break }
                for _ in 0..<5 {
                    try await RawConnection.open(port: port) { impatient in
                        try await impatient.send(Requests.predict(Requests.text("impatient")))
                    }
                }
                release.yield()
                #expect(Reply(try await first.receiveAll()).status == 200)
            }
            release.finish()
            let next = Reply(
                try await RawConnection.exchange(port: port, Requests.predict(Requests.text("last"))))
            #expect(next.status == 200)
        }
    }
}
