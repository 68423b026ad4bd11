import Foundation
import FoveaBackends
import FoveaCore
import FoveaInstaller
import FoveaTesting
import Testing

@Suite struct RemovalTests {
    @Test func whatWasInstalledCanBeRemoved() async throws {
        let scene = try Scene.serving()
        let url = try await scene.install()
        #expect(try await scene.installer.remove(.webgpu).map(\.path) == [url.path])
        #expect(try scene.leftovers().isEmpty)
        #expect(try await scene.installer.remove(.webgpu).isEmpty)
    }

    @Test func nothingToRemoveMakesNoFolder() async throws {
        let scene = try Scene.serving()
        #expect(try await scene.installer.remove(.webgpu).isEmpty)
        #expect(!scene.folder.exists("library"))
    }

    @Test func whatWasPutThereByHandIsRefused() async throws {
        let scene = try Scene.serving()
        let library = "\(scene.package)/\(RuntimePackage.webgpu.mainLibrary)"
        try scene.folder.write([1], to: library)
        let error = await #expect(throws: FoveaError.self) { try await scene.installer.remove(.webgpu) }
        #expect(error?.message.contains("fovea-package.json") == true)
        #expect(try scene.folder.contents(library) == [1])
    }

    @Test func aMarkerOfAnotherPackageOrVersionIsNone() async throws {
        let scene = try Scene.serving()
        let url = try await scene.install()
        let library = scene.folder.url.appending(path: "library")
        for name in ["webgpu-9.9.9", "openvino-0.4.0"] {
            try FileManager.default.copyItem(at: url, to: library.appending(path: name))
        }
        try await scene.installer.remove(.webgpu)
        #expect(!scene.folder.exists(scene.package))
        #expect(scene.folder.exists("library/webgpu-9.9.9") && scene.folder.exists("library/openvino-0.4.0"))
    }

    @Test func anOlderVersionOfOursGoesToo() async throws {
        let scene = try Scene.serving()
        try scene.folder.write(
            Array(#"{"package":"webgpu","version":"0.3.0","architecture":"x86_64","wheels":[]}"#.utf8),
            to: "library/webgpu-0.3.0/fovea-package.json")
        #expect(try await scene.installer.remove(.webgpu).map(\.lastPathComponent) == ["webgpu-0.3.0"])
        #expect(!scene.folder.exists("library/webgpu-0.3.0"))
    }

    @Test func aLinkToAPackageIsNotFollowed() async throws {
        let scene = try Scene.serving()
        let url = try await scene.install()
        let real = scene.folder.url.appending(path: "elsewhere")
        try FileManager.default.moveItem(at: url, to: real)
        try FileManager.default.createSymbolicLink(
            atPath: scene.folder.url.appending(path: scene.package).path, withDestinationPath: real.path)
        await #expect(throws: FoveaError.self) { try await scene.installer.remove(.webgpu) }
        #expect(scene.folder.exists("elsewhere/\(RuntimePackage.webgpu.mainLibrary)"))
    }
}
