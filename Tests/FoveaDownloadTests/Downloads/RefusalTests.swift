import Foundation
import FoveaCore
import FoveaDownload
import FoveaTesting
import Testing

@Suite(.timeLimit(.minutes(2))) struct RefusalTests {
    private let bytes = Contents.bytes(4 * Scene.pieceBytes)

    /// A server whose first answers are others.
    private func server(_ first: [TestServer.Answer]) -> TestServer {
        TestServer { [bytes] request, number in
            number < first.count ? first[number] : .file(bytes, etag: "\"v1\"", for: request)
        }
    }

    @Test func aBusyServerIsAskedAgainWhenItWants() async throws {
        let server = server([
            .init(status: 429, headers: ["Retry-After": "17"]), .init(status: 503),
            .init(status: 429, headers: ["RateLimit": "\"resolvers\";r=0;t=55"]),
        ])
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes))
        #expect(scene.pauses == [17, 2, 55])
        #expect(try scene.contents() == bytes)
    }

    /// Both dates are of the server's clock, which is years off.
    @Test func clocksThatDifferDoNotMatter() async throws {
        let server = server([
            .init(
                status: 503,
                headers: [
                    "Date": "Fri, 31 Dec 1999 23:59:29 GMT", "Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT",
                ]),
            .init(status: 503, headers: ["Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"]),
            .init(status: 503, headers: ["Retry-After": "Thu, 31 Dec 2099 23:59:59 GMT"]),
        ])
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes))
        #expect(scene.pauses == [30, 2, 4])
    }

    @Test func aServerThatWantsHoursIsGivenUp() async throws {
        let server = server([.init(status: 429, headers: ["Retry-After": "86400"])])
        defer { server.stop() }
        let scene = try Scene()
        await #expect(throws: DownloadFailure.self) { try await scene.fetch(Scene.file(server, bytes)) }
        #expect(scene.pauses.isEmpty && server.requests.count == 1)
    }

    @Test(arguments: [401, 403, 404, 410]) func someRefusalsAreFinal(_ status: Int) async throws {
        let server = TestServer { _, _ in .init(status: status, headers: ["X-Error-Code": "GatedRepo"]) }
        defer { server.stop() }
        let scene = try Scene()
        let error = await #expect(throws: FoveaError.self) {
            try await scene.downloader().complete(scene.part, from: Scene.file(server, bytes))
        }
        #expect(error?.message.contains("\(status) (GatedRepo)") == true)
        #expect(server.requests.count == 1)
    }

    @Test func aServerThatIsNotThereIsNamedWithoutWhatIsSecret() async throws {
        let server = server([])
        server.stop()
        let scene = try Scene()
        let address = server.base.replacing("http://", with: "http://me:secret@") + "/file?token=secret"
        let error = await #expect(throws: FoveaError.self) {
            try await scene.downloader().complete(scene.part, from: RemoteFile(url: address))
        }
        #expect(error?.message.contains(server.base.dropFirst(7) + "/file") == true)
        #expect(error?.message.contains("secret") == false)
        #expect(scene.pauses == [1, 2, 4, 8])
    }

    @Test func aWrongSizeIsRefusedBeforeItIsRead() async throws {
        let server = server([])
        defer { server.stop() }
        let scene = try Scene()
        var file = Scene.file(server, bytes)
        file.byteCount = bytes.count - 1
        let error = await #expect(throws: FoveaError.self) {
            try await scene.downloader().complete(scene.part, from: file)
        }
        #expect(error?.message.contains("\(bytes.count) bytes") == true)
        #expect(error?.message.contains("\(bytes.count - 1) bytes") == true)
        #expect(try scene.contents().isEmpty && server.requests.count == 1)
    }

    @Test func aWrongHashIsTriedOnceMore() async throws {
        let corrupt = bytes.map { $0 ^ 1 }
        let server = TestServer { [bytes] request, number in
            .file(number == 0 ? corrupt : bytes, for: request)
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes), by: scene.downloader(pieceBytes: 1 << 30))
        #expect(try scene.contents() == bytes)
        #expect(server.requests.map { $0.headers["range"] } == [nil, nil])
    }

    @Test func aHashThatStaysWrongIsGivenUpAndNothingIsKept() async throws {
        let corrupt = bytes.map { $0 ^ 1 }
        let server = TestServer { request, _ in .file(corrupt, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        let scene = try Scene()
        let error = await #expect(throws: FoveaError.self) {
            try await scene.downloader().complete(scene.part, from: Scene.file(server, bytes))
        }
        #expect(error?.message.contains(Scene.sha256(bytes)) == true)
        #expect(error?.message.contains(Scene.sha256(corrupt)) == true)
        #expect(!scene.exists(scene.part) && !scene.exists(scene.record))
        #expect(server.bytesSent == 2 * bytes.count)
    }

    @Test func whatIsLeftDamagedIsFetchedAgain() async throws {
        let server = server([])
        defer { server.stop() }
        let scene = try Scene()
        try Data([UInt8](repeating: 7, count: 50)).write(to: scene.part)
        try await scene.fetch(Scene.file(server, bytes), by: scene.downloader(refetchesWrongFiles: false))
        #expect(try scene.contents() == bytes)
    }

    @Test func aGitBlobIsVerified() async throws {
        let text = Array("abc".utf8)
        let server = TestServer { request, _ in .file(text, for: request) }
        defer { server.stop() }
        let scene = try Scene()
        // From `printf abc | git hash-object --stdin`.
        var file = RemoteFile(url: server.base, hash: .gitBlob("f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f"))
        try await scene.fetch(file)
        #expect(try scene.contents() == text)
        file.hash = .gitBlob("0000000000000000000000000000000000000000")
        await #expect(throws: DownloadFailure.self) { try await scene.fetch(file) }
    }

    @Test func aCompressedFormIsNotTaken() async throws {
        let server = server([.init(headers: ["Content-Encoding": "gzip"], body: bytes)])
        defer { server.stop() }
        let scene = try Scene()
        await #expect(throws: DownloadFailure.self) { try await scene.fetch(Scene.file(server, bytes)) }
        #expect(server.requests.allSatisfy { $0.headers["accept-encoding"] == "identity" })
    }

    @Test func aSilentConnectionIsGivenUp() async throws {
        let gate = TestServer.Gate()
        let server = TestServer { [bytes] request, number in
            var answer = TestServer.Answer.file(bytes, etag: "\"v1\"", for: request)
            if number == 0 { answer.hold = (1000, gate) }
            return answer
        }
        defer {
            gate.open()
            server.stop()
        }
        let scene = try Scene(idleSeconds: 1)
        try await scene.fetch(Scene.file(server, bytes))
        #expect(try scene.contents() == bytes)
        #expect(scene.pauses == [1])
    }
}
