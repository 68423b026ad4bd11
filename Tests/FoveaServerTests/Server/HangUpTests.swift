import FoveaServer
import Logging
import Testing

@Suite(.timeLimit(.minutes(1))) struct HangUpTests {
    @Test func workForAClientThatIsGoneIsCancelled() async throws {
        let (events, continuation) = AsyncStream<String>.makeStream()
        let service = FakeService { _ in
            continuation.yield("started")
            do {
                try await FakeService.waitForCancellation()
            } catch {
                continuation.yield("cancelled")
                throw error
            }
        }
        let log = RecordedLog()
        try await withServer(service, logHandler: log.handler) { port in
            try await RawConnection.open(port: port) {
                [request = Requests.predict(Requests.image("abc"))] connection in
                try await connection.send(request)
                #expect(await events.first { _ in true } == "started")
            }
            #expect(await events.first { _ in true } == "cancelled")
            #expect(Reply(try await RawConnection.exchange(port: port, Requests.get("/ping"))).body == "pong")
        }
        #expect(log.messages(from: .notice).isEmpty)
    }

    @Test func halfABodyIsNeverPredicted() async throws {
        let service = FakeService()
        let log = RecordedLog()
        try await withServer(service, logHandler: log.handler) { port in
            let request = Array(Requests.predict(Requests.image("abc")).utf8)
            for length in stride(from: 1, to: request.count, by: 7) {
                try await RawConnection.open(port: port) { try await $0.send(Array(request[..<length])) }
            }
            // Without a length, only the form itself can tell that it is cut.
            for encoding in ["Transfer-Encoding: chunked", "X: y"] {
                try await RawConnection.open(port: port) { connection in
                    try await connection.send(
                        "POST /predict HTTP/1.1\r\nHost: x\r\n\(encoding)\r\n"
                            + "Content-Type: application/x-www-form-urlencoded\r\n\r\n5\r\ntext=")
                }
            }
            #expect(Reply(try await RawConnection.exchange(port: port, Requests.get("/ping"))).body == "pong")
        }
        #expect(service.requests.isEmpty)
        #expect(log.messages(from: .error).isEmpty)
    }
}
