import Foundation
import FoveaCore
import FoveaDownload
import FoveaTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(2))) struct ResumeTests {
    private let bytes = Contents.bytes(10 * Scene.pieceBytes)

    /// Serves the file until so many bytes of it have gone out, then nothing but 404.
    private func failing(after count: Int, etag: String? = "\"v1\"") -> TestServer {
        let sent = Mutex(0)
        return TestServer(onSent: { bytes in sent.withLock { $0 = bytes } }) { [bytes] request, _ in
            sent.withLock({ $0 }) >= count ? .init(status: 404) : .file(bytes, etag: etag, for: request)
        }
    }

    /// Fetches from a server that fails on the way; what is there then, by the record.
    private func begin(_ scene: Scene, _ file: (TestServer) -> RemoteFile, etag: String? = "\"v1\"")
        async throws -> Int
    {
        let server = failing(after: 3 * Scene.pieceBytes, etag: etag)
        defer { server.stop() }
        await #expect(throws: DownloadFailure.self) { try await scene.fetch(file(server)) }
        return FileDownloader.bytesPresent(in: scene.part)
    }

    @Test func aLaterCallFetchesTheRestOnly() async throws {
        let scene = try Scene()
        let there = try await begin(scene) { Scene.file($0, bytes) }
        #expect(there >= 3 * Scene.pieceBytes && there < bytes.count)
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        try await scene.fetch(Scene.file(server, bytes))
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent == bytes.count - there)
    }

    @Test func theSameVersionIsGoneOnWithWithoutAHash() async throws {
        let scene = try Scene()
        let there = try await begin(scene) { RemoteFile(url: $0.base + "/file") }
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent == bytes.count - there)
    }

    @Test func anotherVersionIsFetchedFromItsStart() async throws {
        let scene = try Scene()
        _ = try await begin(scene) { RemoteFile(url: $0.base + "/file") }
        let other = Contents.bytes(bytes.count, seed: 2)
        let server = TestServer { request, _ in .file(other, etag: "\"v2\"", for: request) }
        defer { server.stop() }
        let file = try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == other)
        #expect(file.etag == "\"v2\"")
    }

    /// A server that sends a part of another version in spite of `If-Range`.
    @Test func aPartOfAnotherVersionIsNotTaken() async throws {
        let scene = try Scene()
        _ = try await begin(scene) { RemoteFile(url: $0.base + "/file") }
        let other = Contents.bytes(bytes.count, seed: 2)
        let server = TestServer { request, _ in
            var request = request
            request.headers["if-range"] = nil
            return .file(other, etag: "\"v2\"", for: request)
        }
        defer { server.stop() }
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == other)
    }

    @Test func aFileThatChangesOnTheWayIsFetchedAnew() async throws {
        let other = Contents.bytes(bytes.count, seed: 2)
        let server = TestServer { [bytes] request, number in
            number < 3
                ? .file(bytes, etag: "\"v1\"", for: request) : .file(other, etag: "\"v2\"", for: request)
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == other)
    }

    /// Its ETag says that the versions mean the same, not that they have the same bytes.
    @Test func aWeakETagIsNoCondition() async throws {
        let scene = try Scene()
        let file = { (server: TestServer) in Scene.file(server, bytes) }
        let there = try await begin(scene, file, etag: "W/\"v1\"")
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "W/\"v1\"", for: request) }
        defer { server.stop() }
        try await scene.fetch(file(server))
        #expect(try scene.contents() == bytes)
        #expect(server.requests.allSatisfy { $0.headers["if-range"] == nil })
        #expect(server.bytesSent == bytes.count - there)
    }

    @Test func withoutHashAndETagNothingIsTrusted() async throws {
        let scene = try Scene()
        try Data(bytes.prefix(1000).map { $0 ^ 1 }).write(to: scene.part)
        let record = DownloadRecord(
            boot: nil, total: bytes.count, hash: nil, etag: nil, synced: ByteRanges([0..<1000]))
        try Data(record.text.utf8).write(to: scene.record)
        let server = TestServer { [bytes] request, _ in .file(bytes, for: request) }
        defer { server.stop() }
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == bytes)
    }

    /// The server has another file from the second request on, and says nothing by which to tell.
    @Test(arguments: [nil, "W/\"v1\""]) func versionsThatLookAlikeAreNotMixed(_ etag: String?) async throws {
        let other = Contents.bytes(bytes.count, seed: 2)
        let server = TestServer { [bytes] request, number in
            .file(number == 0 ? bytes : other, etag: etag, for: request)
        }
        defer { server.stop() }
        let scene = try Scene()
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == other)
        #expect(server.requests.last?.headers["range"] == nil)
    }

    @Test func aPartialFileOfUnknownOriginIsTrustedWithAHashOnly() async throws {
        let scene = try Scene()
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        try Data(bytes.prefix(1000)).write(to: scene.part)
        try await scene.fetch(Scene.file(server, bytes))
        #expect(server.bytesSent == bytes.count - 1000)
        try Data(bytes.prefix(1000).map { $0 ^ 1 }).write(to: scene.part)
        try await scene.fetch(RemoteFile(url: server.base + "/file"))
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent == 2 * bytes.count - 1000)
    }

    @Test func aRecordThatClaimsTooMuchIsNotBelieved() async throws {
        let scene = try Scene()
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        // The file is shorter than its record says: a disk that lost its end.
        try Data(bytes.prefix(1000)).write(to: scene.part)
        let record = DownloadRecord(
            boot: nil, total: bytes.count, hash: "SHA-256 \(Scene.sha256(bytes))", etag: "\"v1\"",
            synced: ByteRanges([0..<bytes.count]))
        try Data(record.text.utf8).write(to: scene.record)
        try await scene.fetch(Scene.file(server, bytes))
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent == bytes.count - 1000)
    }

    @Test func whatIsCompleteIsOnlyVerified() async throws {
        let scene = try Scene()
        let server = TestServer { _, _ in .init(status: 404) }
        defer { server.stop() }
        try Data(bytes).write(to: scene.part)
        let file = try await scene.fetch(Scene.file(server, bytes))
        #expect(file == DownloadedFile(byteCount: bytes.count, sha256: Scene.sha256(bytes), etag: nil))
        #expect(server.requests.isEmpty)
    }

    @Test func aCancelledDownloadIsGoneOnWith() async throws {
        let scene = try Scene()
        let gate = TestServer.Gate()
        let server = TestServer { [bytes] request, number in
            var answer = TestServer.Answer.file(bytes, etag: "\"v1\"", for: request)
            // Silence after two pieces, until the test is over.
            if number > 1 { answer.hold = (0, gate) }
            return answer
        }
        defer { server.stop() }
        let file = Scene.file(server, bytes)
        let task = Task {
            try await scene.fetch(file)
        }
        while FileDownloader.bytesPresent(in: scene.part) < 2 * Scene.pieceBytes, !Task.isCancelled {
            await Task.yield()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        gate.open()
        let sent = server.bytesSent(of: "/again")
        var again = file
        again.url = server.base + "/again"
        try await scene.fetch(again)
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent(of: "/again") - sent == bytes.count - 2 * Scene.pieceBytes)
    }
}
