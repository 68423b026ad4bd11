import FoveaCore
import FoveaServer
import Foundation
import Testing

private let curl = Program("curl")
private let node = Program("node")

/// The same service, with TLS before it.
@Suite(.enabled(if: TestCertificate.canBeMade, "openssl is not installed"), .timeLimit(.minutes(1)))
struct TLSTests {
    @Test(.enabled(if: curl != nil, "curl is not installed"))
    func curlSendsAPicture() async throws {
        let certificate = try await TestCertificate()
        // Large enough for curl to ask with `Expect: 100-continue`.
        let file = certificate.folder.appending(component: "picture.jpg")
        try Data(repeating: 1, count: 3_000_000).write(to: file)
        let curl = try #require(curl)
        try await withServer(settings: certificate.settings) { port in
            for extra in [
                [], ["-H", "Transfer-Encoding: chunked"], ["--http1.0"], ["--http2"], ["--tlsv1.3"],
            ] {
                let output = try await curl.run(
                    ["-s", "-w", " %{http_code}", "--cacert", certificate.files.certificate]
                        + ["-F", "entries=\(Requests.visual)", "-F", "image=@\(file.path)"] + extra
                        + ["https://localhost:\(port)/predict"])
                #expect(
                    output == #"{"clip":"[3000000.0,3000000.0]","imageHeight":1,"imageWidth":3000000} 200"#)
            }
        }
    }

    /// A refusal in the middle of a body arrives whole, and the connection ends
    /// in order.
    @Test(.enabled(if: curl != nil, "curl is not installed"))
    func curlIsRefused() async throws {
        let certificate = try await TestCertificate()
        let file = certificate.folder.appending(component: "picture.jpg")
        try Data(repeating: 1, count: 3_000_000).write(to: file)
        let curl = try #require(curl)
        let output = try await withServer(
            settings: certificate.settings.merging(["FOVEA_MAX_BODY_BYTES": "100000"]) { $1 }
        ) { port in
            try await curl.run(
                ["-s", "-w", " %{http_code} %{errormsg}", "--cacert", certificate.files.certificate]
                    + ["-H", "Expect:", "-F", "image=@\(file.path)", "https://localhost:\(port)/predict"])
        }
        #expect(
            output.hasPrefix(
                #"{"detail":"The request body is larger than the limit of 100000 bytes."} 413"#), "\(output)")
    }

    @Test(.enabled(if: curl != nil, "curl is not installed"))
    func oldVersionsAreRefused() async throws {
        let certificate = try await TestCertificate()
        let curl = try #require(curl)
        let output = try await withServer(settings: certificate.settings) { port in
            try await curl.run(
                ["-s", "-w", "%{http_code} %{exitcode}", "--cacert", certificate.files.certificate]
                    + [
                        "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0",
                        "https://localhost:\(port)/ping",
                    ])
        }
        // 35: the handshake failed.
        #expect(output == "000 35")
    }

    /// As Immich's server does, whose URL ends with the secret path.
    @Test(.enabled(if: node != nil, "Node is not installed"))
    func nodeKnowsTheSecretPath() async throws {
        let certificate = try await TestCertificate()
        let script = """
            const predict = async (base, headers) => {
              const form = new FormData();
              form.append('entries', JSON.stringify({ clip: { visual: { modelName: 'm' } } }));
              form.append('image', new Blob([new Uint8Array(2000000).fill(1)]));
              const response = await fetch(new URL('predict', base), { method: 'POST', body: form, headers });
              console.log(response.status, await response.text());
            };
            const base = process.env.FOVEA_URL;
            const secret = new URL('0123456789abcdef/', base);
            console.log(await (await fetch(new URL('ping', secret))).text());
            await predict(secret, {});
            await predict(base, { authorization: 'Bearer one-0123456789abcdef' });
            await predict(base, {});
            await predict(base, { authorization: 'Bearer two' });
            await Promise.all(Array.from({ length: 20 }, async () => {
              const response = await fetch(new URL('ping', secret));
              if (await response.text() !== 'pong') throw new Error(response.status);
            }));
            console.log('done');
            """
        let node = try #require(node)
        let service = FakeService()
        let output = try await withServer(
            service,
            settings: certificate.settings.merging([
                "FOVEA_SECRET_PATH": "0123456789abcdef", "FOVEA_TOKEN": "one-0123456789abcdef",
            ]) { $1 }
        ) { port in
            try await node.run(
                ["--input-type=module", "-e", script],
                environment: [
                    "FOVEA_URL": "https://localhost:\(port)",
                    "NODE_EXTRA_CA_CERTS": certificate.files.certificate,
                ])
        }
        let answer: Substring = #"200 {"clip":"[2000000.0,2000000.0]","imageHeight":1,"imageWidth":2000000}"#
        let hint = "Send it in the header Authorization: Bearer <token>."
        let expected: [Substring] = [
            "pong", answer, answer, #"401 {"detail":"This service asks for a token. \#(hint)"}"#,
            #"401 {"detail":"The token is not one of this service's. \#(hint)"}"#, "done",
        ]
        #expect(output.split(separator: "\n") == expected)
        // Who is not let in has predicted nothing that could fail.
        #expect(service.refusals.isEmpty)
    }

    /// Neither what is no TLS nor who says nothing keeps others out.
    @Test(.enabled(if: curl != nil, "curl is not installed"))
    func whatIsNoTLSIsHungUp() async throws {
        let certificate = try await TestCertificate()
        let curl = try #require(curl)
        try await withServer(settings: certificate.settings.merging(["FOVEA_READ_TIMEOUT_S": "1"]) { $1 }) {
            port in
            async let silence = RawConnection.exchange(port: port)
            let plain = try await curl.run(["-s", "-w", "%{http_code}", "http://localhost:\(port)/ping"])
            #expect(plain == "000")
            #expect(try await silence == "")
            let ping = try await curl.run(
                ["-s", "--cacert", certificate.files.certificate, "https://localhost:\(port)/ping"])
            #expect(ping == "pong")
        }
    }
}
