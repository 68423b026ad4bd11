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

    @Test func opensByATokenOrTheSecretPath() async throws {
        let (token, secret) = ("fedcba9876543210", "0123456789abcdef")
        let form = ["-F", "entries=\(Requests.textual)", "-F", "text=a"]
        // 97 is the byte of "a".
        let answer = #"{"clip":"[1.0,97.0]"} 200"#
        for (arguments, path, expected) in [
            (form + ["--oauth2-bearer", token], "predict", answer),
            (form + ["-H", "authorization: bearer \(token)"], "predict", answer),
            (form, "\(secret)/predict", answer), (form, "\(secret)/../\(secret)/predict", answer),
            (["--oauth2-bearer", token], "", #"{"message":"Immich ML"} 200"#),
            ([], "\(secret)/", #"{"message":"Immich ML"} 200"#), ([], "ping", "pong 200"),
        ] {
            let output = try await run(
                arguments, path: path, settings: ["FOVEA_TOKEN": token, "FOVEA_SECRET_PATH": secret])
            #expect(output == expected)
        }
        for (arguments, path) in [
            (form, "predict"), (form + ["--oauth2-bearer", secret], "predict"), (form, "\(token)/predict"),
            (form + ["-u", "\(token):\(token)"], "predict"), ([], ""), ([], "docs"),
        ] {
            let output = try await run(
                arguments, path: path, settings: ["FOVEA_TOKEN": token, "FOVEA_SECRET_PATH": secret])
            #expect(output.hasSuffix(" 401"))
        }
    }

    private func run(
        _ arguments: [String], path: String, settings: [String: String] = [:]
    ) async throws -> String {
        let curl = try #require(curl)
        return try await withServer(settings: settings) { port in
            try await curl.run(
                ["-s", "-w", " %{http_code}"] + arguments + ["http://127.0.0.1:\(port)/\(path)"])
        }
    }
}
