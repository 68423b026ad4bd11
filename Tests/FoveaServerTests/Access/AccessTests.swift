import FoveaServer
import Foundation
import Logging
import NIOCore
import Testing

/// Who is let in by a real server.
@Suite(.timeLimit(.minutes(1))) struct AccessTests {
    private static let secret = "0123456789abcdef"

    @Test(arguments: [
        ("GET /0123456789abcdef/ HTTP/1.1\r\n", 200), ("HEAD /0123456789abcdef/nope HTTP/1.1\r\n", 404),
        ("GET http://fovea/0123456789abcdef/ HTTP/1.1\r\n", 200),
        ("GET /0123456789abcdef/?a=b HTTP/1.1\r\n", 200),
        ("GET / HTTP/1.1\r\nAuthorization: Bearer fedcba9876543210\r\n", 200),
        ("GET /ping HTTP/1.1\r\n", 200),
        ("GET / HTTP/1.1\r\n", 401), ("GET http://0123456789abcdef/ HTTP/1.1\r\n", 401),
        ("GET /?/0123456789abcdef/ HTTP/1.1\r\n", 401), ("HEAD /docs HTTP/1.1\r\n", 401),
        ("OPTIONS * HTTP/1.1\r\n", 401), ("GET / HTTP/1.1\r\nAuthorization: Bearer fedcba987654321\r\n", 401),
        // Which of two would count is nothing to guess about.
        (
            "GET / HTTP/1.1\r\nAuthorization: Bearer x\r\nAuthorization: Bearer fedcba9876543210\r\n",
            401
        ),
    ])
    func requests(_ head: String, _ status: Int) async throws {
        let answer = try await withServer(settings: [
            "FOVEA_SECRET_PATH": Self.secret, "FOVEA_TOKEN": "fedcba9876543210",
        ]) { port in
            try await RawConnection.exchange(port: port, head + "Host: fovea\r\nConnection: close\r\n\r\n")
        }
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
    }

    /// A stranger is neither told to send a body nor kept.
    @Test func strangersAreSentAway() async throws {
        let service = FakeService()
        let log = RecordedLog()
        let answers = try await withServer(
            service, settings: ["FOVEA_SECRET_PATH": Self.secret], logHandler: log.handler
        ) { port in
            let request =
                "POST /predict HTTP/1.1\r\nHost: fovea\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"
            return [
                try await RawConnection.exchange(port: port, request),
                try await RawConnection.exchange(port: port, request),
            ]
        }
        for answer in answers {
            #expect(answer.hasPrefix("HTTP/1.1 404 "))
            #expect(answer.lowercased().contains("connection: close"))
        }
        #expect(service.calls.isEmpty && service.refusals.isEmpty)
        #expect(log.messages(from: .warning).count { $0.contains("FOVEA_SECRET_PATH") } == 1)
        #expect(!log.messages(from: .trace).contains { $0.contains(Self.secret) })
    }

    /// Who is let in is told to send it.
    @Test func whoKnowsThePathIsToldToGoOn() async throws {
        let text = try await withServer(settings: ["FOVEA_SECRET_PATH": Self.secret]) { port in
            try await RawConnection.open(port: port) { connection in
                try await connection.send(
                    "POST /\(Self.secret)/predict HTTP/1.1\r\nHost: fovea\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n"
                )
                return try await connection.receive(until: "\r\n\r\n")
            }
        }
        #expect(text.hasPrefix("HTTP/1.1 100 Continue"))
    }

    /// This machine comes from 127.0.0.1, which is always let in.
    @Test func networksLetThisMachineIn() async throws {
        let answer = try await withServer(settings: ["FOVEA_ALLOWED_NETWORKS": "192.0.2.0/24"]) { port in
            try await RawConnection.exchange(
                port: port, "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        }
        #expect(answer.hasSuffix("pong"))
    }
}
