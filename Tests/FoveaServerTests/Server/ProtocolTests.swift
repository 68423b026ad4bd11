import FoveaServer
import Logging
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProtocolTests {
    @Test func bodiesMayBeChunked() async throws {
        let body = Array(Requests.image("abc").utf8)
        let chunks = body.map { "1\r\n\(Character(Unicode.Scalar($0)))\r\n" }.joined() + "0\r\n\r\n"
        let head =
            "POST /predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        try await withServer { port in
            let reply = Reply(try await RawConnection.exchange(port: port, head, chunks))
            #expect(reply.body == #"{"clip":"[3.0,294.0]","imageHeight":1,"imageWidth":3}"#)
        }
    }

    @Test func aClientThatAsksIsToldToGoOn() async throws {
        let body = Requests.image("abc")
        try await withServer { port in
            try await RawConnection.open(port: port) { connection in
                try await connection.send(
                    Requests.predict("", length: String(body.utf8.count), headers: "Expect: 100-continue\r\n")
                )
                #expect(try await connection.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
                try await connection.send(body)
                #expect(Reply(try await connection.receiveAll()).status == 200)
            }
        }
    }

    @Test func aBodyThatIsTooLargeIsRefusedUnread() async throws {
        try await withServer(settings: ["FOVEA_MAX_BODY_BYTES": "1000"]) { port in
            for headers in ["", "Expect: 100-continue\r\n"] {
                let reply = Reply(
                    try await RawConnection.exchange(
                        port: port, Requests.predict("", length: "1001", headers: headers, keepAlive: true)))
                #expect(reply.status == 413)
                #expect(reply.header("connection") == "close")
                #expect(
                    reply.body == #"{"detail":"The request body is larger than the limit of 1000 bytes."}"#)
            }
        }
    }

    @Test func aChunkedBodyThatGrowsTooLargeIsRefused() async throws {
        try await withServer(settings: ["FOVEA_MAX_IMAGE_BYTES": "100000"]) { port in
            let reply = try await RawConnection.open(port: port) { connection in
                let start = "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n"
                try await connection.send(
                    "POST /predict HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
                        + "\(String(start.utf8.count, radix: 16))\r\n\(start)\r\n")
                let chunk = "2710\r\n\(String(repeating: "a", count: 10_000))\r\n"
                // Goes on for a while after the answer, as clients do.
                for _ in 0..<40 { try await connection.send(chunk) }
                return Reply(try await connection.receiveAll())
            }
            #expect(reply.status == 413)
            #expect(reply.body == #"{"detail":"'image' is larger than the limit of 100000 bytes."}"#)
        }
    }

    @Test func connectionsAreKept() async throws {
        try await withServer { port in
            try await RawConnection.open(port: port) { connection in
                for length in 1...5 {
                    let text = String(repeating: "a", count: length)
                    try await connection.send(Requests.predict(Requests.text(text), keepAlive: true))
                    let reply = Reply(try await connection.receive(until: "}"))
                    #expect(reply.body == "{\"clip\":\"[\(length).0,\(length * 97).0]\"}")
                    #expect(reply.header("connection") == nil)
                }
                try await connection.send(Requests.get("/ping"))
                #expect(Reply(try await connection.receiveAll()).header("connection") == "close")
            }
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        let requests = (1...50).map {
            Requests.predict(Requests.text(String(repeating: "a", count: $0)), keepAlive: true)
        }
        try await withServer { port in
            let text = try await RawConnection.exchange(
                port: port, requests.joined() + Requests.get("/ping"))
            let lengths = text.matches(of: /\[(\d+)\.0,/).compactMap { Int($0.1) }
            #expect(lengths == Array(1...50))
            #expect(text.hasSuffix("pong"))
        }
    }

    @Test func oldClientsAreServed() async throws {
        try await withServer { port in
            let reply = Reply(try await RawConnection.exchange(port: port, "GET /ping HTTP/1.0\r\n\r\n"))
            #expect(reply.status == 200)
            #expect(reply.header("connection") == "close")
            try await RawConnection.open(port: port) { connection in
                for _ in 0..<2 {
                    try await connection.send("GET /ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    let reply = Reply(try await connection.receive(until: "pong"))
                    #expect(reply.header("connection") == "keep-alive")
                }
            }
        }
    }

    @Test func anUpgradeIsDeclined() async throws {
        try await withServer { port in
            let reply = Reply(
                try await RawConnection.exchange(
                    port: port,
                    Requests.get("/ping", headers: "Connection: Upgrade\r\nUpgrade: h2c\r\n") + "anything"))
            #expect(reply.status == 200)
            #expect(reply.header("connection") == "close")
        }
    }

    @Test(arguments: [
        "\u{0}\u{1}\u{2}\r\n\r\n", "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n",
        " GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\n: x\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 1x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /predict HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
    func whatIsNoHTTPIs400(_ nonsense: String) async throws {
        let log = RecordedLog()
        try await withServer(logHandler: log.handler) { port in
            let reply = Reply(try await RawConnection.exchange(port: port, nonsense))
            #expect(reply.status == 400)
            #expect(reply.body == #"{"detail":"The request is not valid HTTP."}"#)
            #expect(Reply(try await RawConnection.exchange(port: port, Requests.get("/ping"))).body == "pong")
        }
        #expect(log.messages(from: .warning).isEmpty)
    }

    @Test(arguments: [
        "GET /\(String(repeating: "a", count: 3000)) HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 3000))\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\(String(repeating: "X: y\r\n", count: 1000))\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 3000))",
    ])
    func headersThatAreTooLargeAre431(_ request: String) async throws {
        try await withServer(settings: ["FOVEA_MAX_HEADER_BYTES": "2048"]) { port in
            let reply = Reply(try await RawConnection.exchange(port: port, request))
            #expect(reply.status == 431)
        }
    }

    @Test func aClientThatStopsSendingIsRefused() async throws {
        try await withServer(settings: ["FOVEA_READ_TIMEOUT_S": "1"]) { port in
            let reply = Reply(
                try await RawConnection.exchange(port: port, Requests.predict("--b\r\n", length: "1000")))
            #expect(reply.status == 408)
        }
    }
}
