import Foundation
import FoveaBackends
import Testing

@Suite struct LibraryFolderTests {
    private let program = URL(filePath: "/opt/fovea/bin/fovea")

    @Test func foldersAreInOrder() {
        let folder = LibraryFolder(
            variables: ["FOVEA_LIBRARY_FOLDER": "/data/lib", "XDG_CACHE_HOME": "/cache", "HOME": "/home/me"],
            executable: program)
        #expect(folder.folders.map(\.path) == ["/data/lib", "/opt/fovea/lib/fovea", "/cache/fovea"])
        #expect(folder.destination.path == "/data/lib")
    }

    @Test func withoutSettingsPackagesGoToTheCache() {
        for variables in [
            ["HOME": "/home/me"],
            ["HOME": "/home/me", "XDG_CACHE_HOME": "relative", "FOVEA_LIBRARY_FOLDER": ""],
        ] {
            let folder = LibraryFolder(variables: variables, executable: program)
            #expect(folder.folders.map(\.path) == ["/opt/fovea/lib/fovea", "/home/me/.cache/fovea"])
            #expect(
                folder.destination(of: .cuda12Maxwell).path == "/home/me/.cache/fovea/cuda12-maxwell-1.20.2")
        }
    }

    @Test func aPackageIsFoundWhereAllThatItNeedsIs() throws {
        let home = try TemporaryFolder()
        let folder = LibraryFolder(
            variables: [
                "FOVEA_LIBRARY_FOLDER": home.url.appending(path: "first").path,
                "XDG_CACHE_HOME": home.url.path,
            ],
            executable: nil)
        #expect(folder.installed.isEmpty)
        try home.write([], to: "first/cuda12-1.22.0/libonnxruntime_providers_cuda.so")
        #expect(folder.find(.cuda12) == nil)
        try home.write([], to: "fovea/cuda12-1.22.0/libonnxruntime_providers_cuda.so")
        try home.write([], to: "fovea/cuda12-1.22.0/libonnxruntime.so.1.22.0")
        try home.write([], to: "fovea/onnxruntime-1.31.1/libonnxruntime.so.1.31.1")
        try home.write([], to: "fovea/webgpu-0.3.0/libonnxruntime_providers_webgpu.so")
        #expect(folder.find(.cuda12)?.path == home.url.appending(path: "fovea/cuda12-1.22.0").path)
        #expect(Set(folder.installed.keys) == [.cuda12, .onnxruntime])
        try home.write([], to: "first/cuda12-1.22.0/libonnxruntime.so.1.22.0")
        #expect(folder.find(.cuda12)?.path == home.url.appending(path: "first/cuda12-1.22.0").path)
    }
}
