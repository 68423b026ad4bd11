import Foundation
import FoveaBackends
import FoveaCore
import FoveaInstaller
import FoveaTesting
import Testing

@Suite struct ListingTests {
    @Test func aPackageIsAvailableThenInstalled() async throws {
        let scene = try Scene.serving()
        #expect(
            scene.installer.state(of: .webgpu)
                == .available(
                    downloadBytes: scene.bytes.count, installedBytes: scene.wheel.unpackedBytes))
        try scene.folder.write(Array(scene.bytes.prefix(40)), to: scene.part)
        #expect(
            scene.installer.state(of: .webgpu)
                == .available(
                    downloadBytes: scene.bytes.count - 40, installedBytes: scene.wheel.unpackedBytes))
        let url = try await scene.install()
        guard case .installed(let folder, true) = scene.installer.state(of: .webgpu) else {
            Issue.record("not installed")
            return
        }
        #expect(folder.path == url.path)
    }

    @Test func whatWasPutThereByHandIsInstalledButNotRemovable() throws {
        let scene = try Scene.serving()
        try scene.folder.write([1], to: "\(scene.package)/\(RuntimePackage.webgpu.mainLibrary)")
        guard case .installed(_, false) = scene.installer.state(of: .webgpu) else {
            Issue.record("not installed, or removable")
            return
        }
    }

    @Test func aPackageThatTheVendorDoesNotHaveIsNotInstalled() async throws {
        let scene = try Scene.serving()
        let installer = RuntimeInstaller(
            folder: scene.installer.folder, variables: [:], catalogue: .builtIn, architecture: .aarch64)
        #expect(installer.state(of: .openvino) == .unsupported(otherArchitectures: [.x86_64]))
        let error = await #expect(throws: FoveaError.self) { try await installer.install(.openvino) }
        #expect(error?.message.contains("aarch64") == true && error?.message.contains("x86_64") == true)
        #expect(installer.list().map(\.package) == RuntimePackage.allCases)
    }
}
