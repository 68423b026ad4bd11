import Foundation
import FoveaDownload
import FoveaTesting
import Testing

@Suite(.timeLimit(.minutes(2))) struct PartsTests {
    private let bytes = Contents.bytes(10 * Scene.pieceBytes + 17)

    @Test func aLargeFileComesByFourConnectionsAtOnce() async throws {
        let gate = TestServer.Gate()
        let server = TestServer { [bytes] request, number in
            // Nobody gets anything before the fourth asks.
            if number == 3 { gate.open() }
            var answer = TestServer.Answer.file(bytes, etag: "\"v1\"", for: request)
            answer.hold = (0, gate)
            return answer
        }
        defer { server.stop() }
        let scene = try Scene()
        let file = try await scene.fetch(Scene.file(server, bytes))
        #expect(try scene.contents() == bytes)
        #expect(file.byteCount == bytes.count && file.sha256 == Scene.sha256(bytes) && file.etag == "\"v1\"")
        #expect(server.bytesSent == bytes.count)
        #expect(server.requests.count == 10)
        // All but the first say which version they want parts of.
        #expect(server.requests.dropFirst().allSatisfy { $0.headers["if-range"] == "\"v1\"" })
        #expect(scene.progress.max() == bytes.count)
        #expect(!scene.exists(scene.record))
    }

    @Test func aSmallFileComesByOneRequestWithoutARange() async throws {
        let small = Contents.bytes(100)
        let server = TestServer { request, _ in .file(small, for: request) }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, small))
        #expect(server.requests.map { $0.headers["range"] } == [nil])
        #expect(try scene.contents() == small)
    }

    @Test func aServerThatIgnoresRangesSendsAllOnce() async throws {
        let server = TestServer { [bytes] _, _ in .init(body: bytes) }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes))
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent == bytes.count && server.requests.count == 1)
    }

    @Test func connectionsThatBreakOffLoseNothing() async throws {
        let server = TestServer { [bytes] request, number in
            var answer = TestServer.Answer.file(bytes, etag: "\"v1\"", for: request)
            if number % 3 == 1 { answer.cutAfter = 1000 + number }
            return answer
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes))
        #expect(try scene.contents() == bytes)
        // No byte came twice.
        #expect(server.bytesSent == bytes.count)
    }

    @Test func aSizeThatIsNotKnownIsLearned() async throws {
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        let scene = try Scene()
        let file = try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == bytes && file.byteCount == bytes.count)
        #expect(server.bytesSent == bytes.count && server.requests.count == 10)
    }

    @Test(arguments: [0, 1, 100]) func smallFilesOfUnknownSizeCome(_ count: Int) async throws {
        let small = Contents.bytes(count)
        let server = TestServer { request, _ in .file(small, for: request) }
        defer { server.stop() }
        let scene = try Scene()
        let file = try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == small && file.byteCount == count)
    }

    @Test func aSmallFileOfUnknownSizeThatBreaksOffIsGoneOnWith() async throws {
        let small = Contents.bytes(100)
        let server = TestServer { request, number in
            var answer = TestServer.Answer.file(small, etag: "\"v1\"", for: request)
            if number == 0 { answer.cutAfter = 40 }
            return answer
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == small && server.bytesSent == 100)
    }

    @Test func aBodyThatDoesNotTellItsSizeComes() async throws {
        let body = [UInt8]("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n".utf8)
        let server = TestServer { _, _ in .init(headers: ["Transfer-Encoding": "chunked"], body: body) }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == Array("hello world".utf8))
    }

    @Test func aBodyWithoutAnEndIsCutWhereTheFileEnds() async throws {
        let server = TestServer { [bytes] request, _ in
            var answer = TestServer.Answer.file(bytes, for: request)
            answer.isEndless = answer.status == 206
            return answer
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(Scene.file(server, bytes))
        #expect(try scene.contents() == bytes)
    }

    @Test func aBodyWithoutAnEndIsGivenUpAtTheLimit() async throws {
        let server = TestServer { [bytes] _, _ in
            var answer = TestServer.Answer(body: bytes)
            answer.isEndless = true
            return answer
        }
        defer { server.stop() }
        let scene = try Scene()
        let error = await #expect(throws: DownloadFailure.self) {
            try await scene.fetch(
                RemoteFile(url: server.base + "/file"), by: scene.downloader(limit: 3_000_000))
        }
        guard case .tooLarge(3_000_000) = error else { throw try #require(error) }
        #expect(try scene.contents().count <= 3_000_000)
        #expect(scene.pauses.isEmpty)
    }

    @Test func aFileWhoseAnnouncedSizeIsOverTheLimitIsNotRead() async throws {
        let server = TestServer { [bytes] request, _ in .file(bytes, for: request) }
        defer { server.stop() }
        let scene = try Scene()
        await #expect(throws: DownloadFailure.self) {
            try await scene.fetch(RemoteFile(url: server.base + "/file"), by: scene.downloader(limit: 1000))
        }
        #expect(server.requests.count == 1)
    }
}
