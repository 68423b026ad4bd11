import Foundation
import FoveaBackends
import FoveaCore
import FoveaInstaller
import Glibc
import FoveaTesting
import Testing

@Suite struct DestinationTests {
    /// `/proc` takes no folders, not even from root.
    @Test(arguments: ["/proc/fovea", "/dev/null/fovea"])
    func aFolderThatCannotBeMadeIsNamed(_ path: String) async throws {
        let scene = try Scene(destination: path) { _, _ in .init() }
        let error = await #expect(throws: FoveaError.self) { try await scene.install() }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains("FOVEA_LIBRARY_FOLDER") == true)
        #expect(scene.server.requests.isEmpty)
    }

    @Test(.enabled(if: geteuid() != 0, "root may write anywhere"))
    func aFolderThatMayOnlyBeReadIsNamed() async throws {
        let scene = try Scene.serving()
        let library = scene.folder.url.appending(path: "library")
        try FileManager.default.createDirectory(at: library, withIntermediateDirectories: true)
        chmod(library.path, 0o555)
        defer { chmod(library.path, 0o755) }
        let error = await #expect(throws: FoveaError.self) { try await scene.install() }
        #expect(error?.message.contains(library.path) == true)
    }

    @Test func tooLittleRoomIsSaidWithBothFiguresBeforeAnythingIsFetched() async throws {
        let scene = try Scene.serving(freeBytes: 12)
        let error = await #expect(throws: FoveaError.self) { try await scene.install() }
        let message = try #require(error).message
        let needed = scene.bytes.count + scene.wheel.unpackedBytes
        #expect(message.contains(ByteCount.text(needed)) && message.contains("12 bytes"))
        #expect(scene.server.requests.isEmpty)
    }

    @Test func justEnoughRoomIsEnough() async throws {
        let bytes = Scene.wheelBytes()
        let scene = try Scene.serving(freeBytes: bytes.count + Scene.library.count + 14)
        try await scene.install()
        #expect(scene.folder.exists(scene.package))
    }

    @Test func whatIsThereAlreadyTakesNoRoom() async throws {
        let scene = try Scene.serving(freeBytes: Scene.library.count + 14)
        try scene.folder.write(scene.bytes, to: scene.part)
        try await scene.install()
        #expect(scene.folder.exists(scene.package))
    }
}
