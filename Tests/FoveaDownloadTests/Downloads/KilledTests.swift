import Foundation
import FoveaDownload
import FoveaTesting
import Synchronization
import Testing

/// A process that is killed with SIGKILL, and one that may not write further.
@Suite(.serialized, .timeLimit(.minutes(5))) struct KilledTests {
    /// The child cuts files into pieces of 1 MiB.
    private static let bytes = Contents.bytes(12 << 20)
    private var bytes: [UInt8] { Self.bytes }

    private func arguments(_ server: TestServer, _ scene: Scene) -> [String] {
        [server.base + "/file", scene.part.path, String(bytes.count), Scene.sha256(bytes)]
    }

    /// The points are by what the server has sent, from the first bytes to the last.
    @Test(arguments: 0..<10) func aKilledProcessLosesNothingThatWasWritten(_ point: Int) async throws {
        let scene = try Scene()
        let child = Child("fovea-downloader")
        let deadly = 20_000 + point * (bytes.count - 40_000) / 9
        let server = TestServer(onSent: { if $0 >= deadly { child.kill() } }) { [bytes] request, _ in
            .file(bytes, etag: "\"v1\"", for: request)
        }
        let ending = try await child.run(arguments(server, scene))
        server.stop()
        #expect(ending.isKilled && ending.status == SIGKILL)
        let there = FileDownloader.bytesPresent(in: scene.part)
        #expect(there <= server.bytesSent)

        let second = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { second.stop() }
        let rest = try await child.run(arguments(second, scene))
        #expect(rest.status == 0, "\(rest.errors)")
        #expect(try scene.contents() == bytes)
        // What the record claims is not fetched again, and all else is.
        #expect(second.bytesSent == bytes.count - there)
        #expect(!scene.exists(scene.record))
    }

    /// One process after the other, each killed a bit further on.
    @Test func manyDeathsInARowAreNoMore() async throws {
        let scene = try Scene()
        let child = Child("fovea-downloader")
        for _ in 0..<8 {
            let before = FileDownloader.bytesPresent(in: scene.part)
            let server = TestServer(onSent: { if $0 >= 2 << 20 { child.kill() } }) { [bytes] request, _ in
                .file(bytes, etag: "\"v1\"", for: request)
            }
            let ending = try await child.run(arguments(server, scene))
            server.stop()
            guard ending.isKilled else { break }
            #expect(FileDownloader.bytesPresent(in: scene.part) >= before)
        }
        let there = FileDownloader.bytesPresent(in: scene.part)
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        let rest = try await child.run(arguments(server, scene))
        #expect(rest.status == 0, "\(rest.errors)")
        #expect(server.bytesSent == bytes.count - there)
        #expect(try scene.contents() == bytes)
    }

    /// To write behind the limit fails like a disk that is full, for root too.
    @Test func aFullDiskIsToldAndNothingIsLost() async throws {
        let scene = try Scene()
        let server = TestServer { [bytes] request, _ in .file(bytes, etag: "\"v1\"", for: request) }
        defer { server.stop() }
        let ending = try await Child("fovea-downloader").run(arguments(server, scene) + ["5000000"])
        #expect(ending.status == 1 && !ending.isKilled)
        #expect(ending.errors.contains("make room"), "\(ending.errors)")
        let (there, sent) = (FileDownloader.bytesPresent(in: scene.part), server.bytesSent)
        #expect(there > 0 && there <= 5_000_000)
        let rest = try await Child("fovea-downloader").run(arguments(server, scene))
        #expect(rest.status == 0, "\(rest.errors)")
        #expect(try scene.contents() == bytes)
        #expect(server.bytesSent - sent == bytes.count - there)
    }
}
