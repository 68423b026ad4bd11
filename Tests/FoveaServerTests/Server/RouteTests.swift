import FoveaCore
import FoveaServer
import Logging
import Testing

@Suite(.timeLimit(.minutes(1))) struct RouteTests {
    @Test func theGreeting() async throws {
        let reply = try await send(Requests.get("/"))
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "application/json")
        #expect(reply.body == #"{"message":"Immich ML"}"#)
        #expect(reply.header("server") == "fovea")
        #expect(reply.header("date") != nil)
    }

    @Test func ping() async throws {
        for path in ["/ping", "/ping?x=1", "http://x:3003/ping"] {
            let reply = try await send(Requests.get(path))
            #expect(reply.status == 200)
            #expect(reply.header("content-type") == "text/plain; charset=utf-8")
            #expect(reply.header("content-length") == "4")
            #expect(reply.body == "pong")
        }
    }

    @Test(arguments: ["/", "/ping", "/docs", "/openapi.json"])
    func onlyGetReadsPages(_ path: String) async throws {
        for method in ["HEAD", "POST", "DELETE", "OPTIONS"] {
            let reply = try await send(Requests.get(path, method: method))
            #expect(reply.status == 405)
            #expect(reply.header("allow") == "GET")
            #expect(reply.body == (method == "HEAD" ? "" : #"{"detail":"Method Not Allowed"}"#))
            #expect(reply.header("content-length") == "31")
        }
    }

    @Test func onlyPostPredicts() async throws {
        let reply = try await send(Requests.get("/predict"))
        #expect(reply.status == 405)
        #expect(reply.header("allow") == "POST")
    }

    @Test(arguments: ["/nope", "/predict/", "//", "*", "/ping/pong"])
    func otherPathsAreNotFound(_ path: String) async throws {
        let reply = try await send(Requests.get(path))
        #expect(reply.status == 404)
        #expect(reply.body == #"{"detail":"Not Found"}"#)
    }

    @Test func theDescriptionIsJSON() async throws {
        let reply = try await send(Requests.get("/openapi.json"))
        #expect(reply.status == 200)
        guard case .object(let members) = try JSONParser.parse(Array(reply.body.utf8)) else {
            return #expect(Bool(false))
        }
        #expect(members.map(\.name) == ["openapi", "info", "paths", "components"])
    }

    @Test(arguments: ["/docs", "/redoc"])
    func thePagesLoadNothingFromElsewhere(_ path: String) async throws {
        let reply = try await send(Requests.get(path))
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "text/html; charset=utf-8")
        #expect(!reply.body.contains("https://") && !reply.body.contains("src="))
    }

    @Test func predictsOnAnImage() async throws {
        let service = FakeService()
        let reply = try await send(Requests.predict(Requests.image("abc")), service)
        #expect(reply.status == 200)
        #expect(reply.header("content-type") == "application/json")
        #expect(reply.body == #"{"clip":"[3.0,294.0]","imageHeight":1,"imageWidth":3}"#)
        #expect(service.requests.map(\.steps) == [[.clipVisual(model: "m")]])
    }

    @Test func predictsOnAText() async throws {
        let multipart = try await send(Requests.predict(Requests.text("abc")))
        #expect(multipart.body == #"{"clip":"[3.0,294.0]"}"#)
        let encoded = try await send(
            Requests.predict(
                "text=a%62c&entries=%7B%22clip%22:%7B%22textual%22:%7B%22modelName%22:%22m%22%7D%7D%7D",
                type: "application/x-www-form-urlencoded"))
        #expect(encoded.body == #"{"clip":"[3.0,294.0]"}"#)
    }

    @Test func refusalsReachTheClient() async throws {
        let cases = [
            (Requests.predict("{}", type: "application/json"), 422),
            (Requests.predict("", type: "multipart/form-data"), 400),
            (Requests.predict(Requests.form(("entries", Requests.visual, nil))), 400),
            (Requests.predict(Requests.form(("entries", "{}", nil), ("text", "a", nil))), 422),
            (Requests.predict(String(Requests.image("abc").dropLast(10))), 400),
        ]
        for (request, status) in cases {
            let reply = try await send(request)
            #expect(reply.status == status)
            #expect(reply.header("content-type") == "application/json")
        }
    }

    @Test func failuresAreAnsweredAndLoggedOnce() async throws {
        struct Unforeseen: Error {}
        let cases: [(any Error, Int, String)] = [
            (FoveaError(.modelNotFound, "No 'm'."), 404, #"{"detail":"No 'm'."}"#),
            (FoveaError(.engineFailed, "It broke.", cause: Unforeseen()), 500, #"{"detail":"It broke."}"#),
            (Unforeseen(), 500, "Internal Server Error"),
        ]
        for (error, status, body) in cases {
            let log = RecordedLog()
            let reply = try await send(
                Requests.predict(Requests.text("a")), FakeService { _ in throw error },
                logHandler: log.handler)
            #expect(reply.status == status)
            #expect(reply.body == body)
            #expect(log.messages(from: .error).count == (status == 500 ? 1 : 0))
            #expect(log.messages(from: .warning).count == 1)
        }
    }

    /// docs/logging.md: refusals are one warning each; what nobody needs to
    /// act on is for `debug` alone; nothing a client sent as text is there.
    @Test func refusalsAreLoggedOnce() async throws {
        let cases = [
            (Requests.predict("{}", type: "application/json"), 1),
            (Requests.predict(Requests.form(("entries", "{}", nil), ("text", "secret", nil))), 1),
            (Requests.predict(Requests.text("secret")), 0),
            (Requests.get("/secret?token=secret"), 0),
            (Requests.get("/predict"), 0),
        ]
        for (request, warnings) in cases {
            let log = RecordedLog()
            _ = try await send(request, logHandler: log.handler)
            #expect(log.messages(from: .warning).count == warnings)
            #expect(!log.messages(from: .debug).contains { $0.contains("token") || $0.contains("=secret") })
            #expect(!log.messages(from: .info).contains { $0.contains("secret") })
            #expect(log.sources(of: "Request ") + log.sources(of: "Invalid request") == ["request"])
        }
    }

    @Test func pingAnswersWhileModelsAreAtWork() async throws {
        let (started, continuation) = AsyncStream<Void>.makeStream()
        let service = FakeService { _ in
            continuation.yield()
            try await FakeService.waitForCancellation()
        }
        try await withServer(service) { port in
            try await RawConnection.open(port: port) { connection in
                try await connection.send(Requests.predict(Requests.text("a")))
                for await _ in started { break }
                #expect(
                    Reply(try await RawConnection.exchange(port: port, Requests.get("/ping"))).body == "pong")
            }
        }
    }

    private func send(
        _ request: String, _ service: FakeService = FakeService(),
        logHandler: any LogHandler = SwiftLogNoOpLogHandler()
    ) async throws -> Reply {
        try await withServer(service, logHandler: logHandler) { port in
            Reply(try await RawConnection.exchange(port: port, request))
        }
    }
}
