import Foundation
import FoveaCore
import FoveaInstaller
import FoveaTesting
import Testing

@Suite struct DownloadRefusalTests {
    /// Installs, which has to fail, and returns the message.
    private func failure(_ scene: Scene) async throws -> String {
        let error = await #expect(throws: FoveaError.self) { try await scene.install() }
        #expect(error?.code == .engineUnavailable)
        #expect(!scene.folder.exists(scene.package))
        return try #require(error).message
    }

    @Test func aBusyServerIsAskedAgainWhenItWants() async throws {
        let bytes = Scene.wheelBytes()
        let scene = try Scene(bytes: bytes) { request, number in
            switch number {
            case 0: .init(status: 429, headers: ["Retry-After": "17"])
            case 1: .init(status: 503)
            default: .file(bytes, for: request)
            }
        }
        try await scene.install()
        #expect(scene.pauses == [17, 2])
        #expect(scene.folder.exists(scene.package))
    }

    @Test func aServerThatStaysBusyIsGivenUp() async throws {
        let scene = try Scene { _, _ in .init(status: 503) }
        let message = try await failure(scene)
        #expect(message.contains("503") && message.contains(scene.server.base))
        #expect(scene.pauses == [1, 2, 4, 8])
    }

    @Test func aMissingFileIsNotAskedForAgain() async throws {
        let scene = try Scene { _, _ in .init(status: 404) }
        #expect(try await failure(scene).contains("404"))
        #expect(scene.server.requests.count == 1)
    }

    @Test func anotherFileIsRefusedAndDeleted() async throws {
        let other = Scene.wheelBytes().map { $0 ^ 1 }
        let scene = try Scene { request, _ in .file(other, for: request) }
        #expect(try await failure(scene).contains(scene.wheel.sha256))
        #expect(try scene.leftovers().isEmpty)
        #expect(scene.server.requests.count == 1)
    }

    @Test func aFileOfAnotherSizeIsRefusedBeforeItIsRead() async throws {
        let scene = try Scene { _, _ in .init(body: Scene.wheelBytes() + [0]) }
        #expect(try await failure(scene).contains("\(scene.bytes.count + 1) bytes"))
        #expect(try scene.folder.contents(scene.part).isEmpty)
    }

    @Test func aFileWhoseSizeIsNotSaidIsReadNoFurtherThanItShouldBe() async throws {
        let chunk = [UInt8]("1000\r\n".utf8) + [UInt8](repeating: 65, count: 0x1000) + [UInt8]("\r\n".utf8)
        let scene = try Scene { _, _ in
            .init(headers: ["Transfer-Encoding": "chunked"], body: chunk)
        }
        #expect(try await failure(scene).contains("pinned at \(scene.bytes.count) bytes"))
        #expect(scene.server.requests.count == 1)
        #expect(try scene.folder.contents(scene.part).count <= scene.bytes.count)
    }

    @Test func aServerThatIsNotThereIsNamed() async throws {
        // Nobody listens on port 1; one that was just given up may be another test's by now.
        let nowhere = "http://127.0.0.1:1"
        let scene = try Scene(mirror: nowhere) { _, _ in .init() }
        let message = try await failure(scene)
        #expect(message.contains(nowhere) && message.contains("FOVEA_PACKAGE_MIRROR"))
    }
}
