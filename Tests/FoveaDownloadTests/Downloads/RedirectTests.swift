import Foundation
import FoveaDownload
import FoveaTesting
import Testing

@Suite(.timeLimit(.minutes(2))) struct RedirectTests {
    private let bytes = Contents.bytes(4 * Scene.pieceBytes)

    @Test func aTokenStaysOnItsHost() async throws {
        let other = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        let server = TestServer { request, _ in
            request.path == "/file" ? .redirect(to: "/moved") : .redirect(to: other.base + "/elsewhere")
        }
        defer {
            server.stop()
            other.stop()
        }
        let scene = try Scene()
        var file = Scene.file(server, bytes)
        file.headers = ["authorization": "Bearer secret"]
        try await scene.fetch(file)
        #expect(try scene.contents() == bytes)
        #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer secret", "Bearer secret"])
        #expect(other.requests.allSatisfy { $0.headers["authorization"] == nil })
        // The other parts go where the first one was sent.
        #expect(other.requests.count == 4)
    }

    @Test func anAddressThatRunsOutIsAskedForAgain() async throws {
        let server = TestServer { [bytes] request, number in
            guard request.plainPath == "/signed" else { return .redirect(to: "/signed?n=\(number)") }
            // The first address is good for one part.
            return request.path.hasSuffix("n=0") && number > 1
                ? .init(status: 403) : .file(bytes, etag: "\"v1\"", for: request)
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes), by: scene.downloader(connections: 1))
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent(of: "/signed") == bytes.count)
        #expect(server.requests(of: "/file").count == 2 && scene.pauses.isEmpty)
    }

    @Test func fiveAreFollowedAndNoMore() async throws {
        let server = TestServer { [bytes] request, _ in
            let number = Int(request.path.dropFirst()) ?? 0
            return number == 0 ? .file(bytes, for: request) : .redirect(to: "/\(number - 1)", status: 307)
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes, path: "/5"))
        #expect(try scene.contents() == bytes)
        try FileManager.default.removeItem(at: scene.part)
        await #expect(throws: DownloadFailure.self) {
            try await scene.fetch(Scene.file(server, bytes, path: "/6"))
        }
    }

    /// The name is in a domain that nobody has (RFC 6761, 6.4).
    @Test func aProxyLeadsToTheServer() async throws {
        let proxy = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { proxy.stop() }
        let address = "http://hub.invalid/file"
        let scene = try Scene(variables: ["http_proxy": proxy.base], address: address)
        try await scene.fetch(
            RemoteFile(url: address, byteCount: bytes.count, hash: .sha256(Scene.sha256(bytes))))
        #expect(try scene.contents() == bytes)
        #expect(proxy.requests.first?.method == "CONNECT" && proxy.requests.first?.path == "hub.invalid:80")
    }
}
