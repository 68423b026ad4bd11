import Foundation
import FoveaBackends
import FoveaCore
import FoveaInstaller
import FoveaTesting
import Testing

@Suite struct LeftoverTests {
    @Test func whatAKilledInstallerLeftIsNoPackageAndGoes() async throws {
        let scene = try Scene.serving()
        let library = "libonnxruntime_providers_webgpu.so"
        try scene.folder.write([1], to: "library/webgpu-0.4.0.new-1234/\(library)")
        try scene.folder.write([1], to: "library/webgpu-0.3.0.old-77/\(library)")
        try scene.folder.write([1], to: "library/webgpu-0.3.0/\(library)")
        try scene.folder.write([1], to: "library/webgpu-mine.new-one/\(library)")
        #expect(scene.installer.folder.find(.webgpu) == nil)
        try await scene.install()
        #expect(!scene.folder.exists("library/webgpu-0.4.0.new-1234"))
        #expect(!scene.folder.exists("library/webgpu-0.3.0.old-77"))
        #expect(scene.folder.exists("library/webgpu-0.3.0/\(library)"))
        #expect(scene.folder.exists("library/webgpu-mine.new-one/\(library)"))
        #expect(try scene.folder.contents("\(scene.package)/\(library)") == Scene.library)
    }

    @Test func halfAPackageOfOursIsReplaced() async throws {
        let scene = try Scene.serving()
        let url = try await scene.install()
        try FileManager.default.removeItem(at: url.appending(path: RuntimePackage.webgpu.mainLibrary))
        try await scene.install()
        #expect(scene.installer.folder.find(.webgpu) != nil)
    }

    @Test func halfAPackageOfSomebodyElseIsNot() async throws {
        let scene = try Scene.serving()
        try scene.folder.write([1], to: "\(scene.package)/notes.txt")
        let error = await #expect(throws: FoveaError.self) { try await scene.install() }
        #expect(error?.message.contains("was not made by") == true)
        #expect(try scene.folder.contents("\(scene.package)/notes.txt") == [1])
        #expect(scene.server.requests.isEmpty)
    }

    @Test func aWheelThatIsCutShortLeavesNothing() async throws {
        let cut = Array(Scene.wheelBytes().dropLast(30))
        let scene = try Scene.serving(bytes: cut)
        let error = await #expect(throws: FoveaError.self) { try await scene.install() }
        #expect(error?.message.contains("cut short") == true)
        #expect(!scene.folder.exists(scene.package))
        #expect(try scene.leftovers().filter { $0.contains(".new-") }.isEmpty)
    }

    @Test func aWheelThatLeadsOutOfItsFolderWritesNothing() async throws {
        let evil = TinyZip([
            .init("pkg/libonnxruntime_providers_webgpu.so", "the library"), .init("../../evil/LICENSE", "x"),
        ]).bytes
        let scene = try Scene.serving(bytes: evil)
        let error = await #expect(throws: FoveaError.self) { try await scene.install() }
        #expect(error?.message.contains("../../evil/LICENSE") == true)
        #expect(!scene.folder.exists(scene.package))
        #expect(!scene.folder.exists("evil"))
    }
}
