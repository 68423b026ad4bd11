import Foundation
import FoveaBackends
import FoveaInstaller
import FoveaTesting
import Testing

@Suite struct InstallTests {
    @Test func aPackageIsInstalledWithItsLicenceAndMarker() async throws {
        let scene = try Scene.serving()
        let url = try await scene.install()
        #expect(url.path == scene.folder.url.appending(path: scene.package).path)
        #expect(
            try scene.folder.contents("\(scene.package)/libonnxruntime_providers_webgpu.so") == Scene.library)
        #expect(
            try scene.leftovers() == [
                "webgpu-0.4.0", "webgpu-0.4.0/fovea-package.json",
                "webgpu-0.4.0/libonnxruntime_providers_webgpu.so", "webgpu-0.4.0/licences",
                "webgpu-0.4.0/licences/pkg-1.0.dist-info",
                "webgpu-0.4.0/licences/pkg-1.0.dist-info/licenses",
                "webgpu-0.4.0/licences/pkg-1.0.dist-info/licenses/LICENSE",
            ])
        #expect(PackageMarker(in: url)?.wheels.map(\.sha256) == [scene.wheel.sha256])
        #expect(scene.server.requests.map(\.path) == ["/packages/aa/bb/cc/pkg-1.0-py3-none-any.whl"])
        #expect(scene.installer.folder.find(.webgpu)?.path == url.path)
    }

    @Test func progressEndsEachPhaseAtItsTotal() async throws {
        let scene = try Scene.serving()
        try await scene.install()
        var last: [InstallProgress.Phase: InstallProgress] = [:]
        for report in scene.progress { last[report.phase] = report }
        #expect(
            last[.downloading]?.bytes == scene.bytes.count && last[.downloading]?.total == scene.bytes.count)
        #expect(last[.verifying]?.bytes == scene.bytes.count && last[.verifying]?.total == scene.bytes.count)
        #expect(last[.unpacking]?.bytes == scene.wheel.unpackedBytes)
        #expect(last[.unpacking]?.total == scene.wheel.unpackedBytes)
        #expect(last[.waiting] == nil)
    }

    @Test func aPackageThatIsThereIsLeftAlone() async throws {
        let scene = try Scene.serving()
        try await scene.install()
        try await scene.install()
        #expect(scene.server.requests.count == 1)
    }

    @Test func redirectsAreFollowed() async throws {
        let bytes = Scene.wheelBytes()
        let scene = try Scene(bytes: bytes) { request, _ in
            request.path.hasPrefix("/packages/")
                ? .init(status: 302, headers: ["Location": "/elsewhere"]) : .file(bytes, for: request)
        }
        try await scene.install()
        #expect(scene.server.requests.map(\.path).last == "/elsewhere")
        #expect(scene.folder.exists(scene.package))
    }
}
