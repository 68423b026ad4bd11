import FoveaServer
import Foundation
import Testing

private let curl = Program("curl")

@Suite(.enabled(if: curl != nil, "curl is not installed"), .timeLimit(.minutes(1)))
struct CurlTests {
    @Test func sendsAPicture() async throws {
        // Large enough for curl to ask with `Expect: 100-continue`.
        let file = FileManager.default.temporaryDirectory.appending(
            component: "fovea-\(UUID().uuidString).jpg")
        try Data(repeating: 1, count: 3_000_000).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        for extra in [
            [], ["-H", "Transfer-Encoding: chunked"], ["-H", "Expect:"], ["--http1.0"], ["--http2"],
        ] {
            let output = try await run(
                ["-F", "entries=\(Requests.visual)", "-F", "image=@\(file.path)"] + extra, path: "predict")
            #expect(output == #"{"clip":"[3000000.0,3000000.0]","imageHeight":1,"imageWidth":3000000} 200"#)
        }
    }

    @Test func sendsATextURLEncoded() async throws {
        let output = try await run(
            ["--data-urlencode", "entries=\(Requests.textual)", "--data-urlencode", "text=a+b c"],
            path: "predict")
        // The sum of the bytes of "a+b c".
        #expect(output == #"{"clip":"[5.0,\#(97 + 43 + 98 + 32 + 99).0]"} 200"#)
    }

    @Test func sendsNothing() async throws {
        let output = try await run(["-X", "POST"], path: "predict")
        #expect(
            output
                == #"{"detail":[{"type":"missing","loc":["body","entries"],"msg":"Field required","input":null}]} 422"#
        )
    }

    @Test func asksForThePages() async throws {
        #expect(try await run([], path: "ping") == "pong 200")
        #expect(try await run(["-I"], path: "ping").hasSuffix(" 405"))
    }

    private func run(_ arguments: [String], path: String) async throws -> String {
        let curl = try #require(curl)
        return try await withServer { port in
            try await curl.run(
                ["-s", "-w", " %{http_code}"] + arguments + ["http://127.0.0.1:\(port)/\(path)"])
        }
    }
}
