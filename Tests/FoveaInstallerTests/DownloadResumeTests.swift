import Foundation
import FoveaInstaller
import FoveaTesting
import Testing

@Suite struct DownloadResumeTests {
    @Test func aDownloadGoesOnWhereItWasCut() async throws {
        let bytes = Scene.wheelBytes()
        let scene = try Scene(bytes: bytes) { request, number in
            var answer = TestServer.Answer.file(bytes, for: request)
            if number == 0 { answer.cutAfter = 100 }
            return answer
        }
        try await scene.install()
        #expect(scene.server.requests.map { $0.headers["range"] } == [nil, "bytes=100-"])
        #expect(scene.folder.exists(scene.package))
    }

    @Test func aDownloadGoesOnWhereAnEarlierProcessStopped() async throws {
        let scene = try Scene.serving()
        try scene.folder.write(Array(scene.bytes.prefix(50)), to: scene.part)
        try await scene.install()
        #expect(scene.server.requests.map { $0.headers["range"] } == ["bytes=50-"])
        #expect(scene.folder.exists(scene.package))
    }

    @Test func nothingIsFetchedWhereAllIsThere() async throws {
        let scene = try Scene.serving()
        try scene.folder.write(scene.bytes, to: scene.part)
        try await scene.install()
        #expect(scene.server.requests.isEmpty)
        #expect(scene.folder.exists(scene.package))
    }

    @Test func aServerWithoutRangesSendsAllAgain() async throws {
        let bytes = Scene.wheelBytes()
        let scene = try Scene(bytes: bytes) { _, _ in .init(body: bytes) }
        try scene.folder.write(Array(bytes.prefix(50)), to: scene.part)
        try await scene.install()
        #expect(scene.folder.exists(scene.package))
    }

    @Test func aServerThatGoesOnElsewhereIsAskedForAll() async throws {
        let bytes = Scene.wheelBytes()
        let scene = try Scene(bytes: bytes) { request, _ in
            var answer = TestServer.Answer.file(bytes, for: request)
            if answer.status == 206 {
                answer.headers["Content-Range"] = "bytes 10-\(bytes.count - 1)/\(bytes.count)"
            }
            return answer
        }
        try scene.folder.write(Array(bytes.prefix(50)), to: scene.part)
        try await scene.install()
        #expect(scene.server.requests.map { $0.headers["range"] } == ["bytes=50-", nil])
        #expect(scene.folder.exists(scene.package))
    }

    @Test func whatAnEarlierAttemptLeftDamagedIsFetchedAgain() async throws {
        let scene = try Scene.serving()
        try scene.folder.write([UInt8](repeating: 7, count: 50), to: scene.part)
        try await scene.install()
        #expect(scene.server.requests.map { $0.headers["range"] } == ["bytes=50-", nil])
        #expect(scene.folder.exists(scene.package))
    }

    @Test func aFileThatIsTooLongIsFetchedAgain() async throws {
        let scene = try Scene.serving()
        try scene.folder.write(scene.bytes + [1, 2, 3], to: scene.part)
        try await scene.install()
        #expect(scene.server.requests.map { $0.headers["range"] } == [nil])
        #expect(scene.folder.exists(scene.package))
    }
}
