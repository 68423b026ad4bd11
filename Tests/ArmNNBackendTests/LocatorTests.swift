import ArmNNBackend
import FoveaCore
import Foundation
import Testing

/// Where the shim is looked for.
@Suite struct LocatorTests {
    private func touch(_ file: URL) throws -> String {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: file)
        return file.path(percentEncoded: false)
    }

    @Test func placesAreTriedInOrder() async throws {
        try await withTemporaryFolder { folder in
            let variables = ["XDG_CACHE_HOME": folder.appending(path: "cache").path(percentEncoded: false)]
            let executable = folder.appending(path: "bin/fovea")
            func located(_ path: String? = nil, _ more: [String: String] = [:]) throws -> String {
                try ShimLocator(
                    path: path, variables: variables.merging(more) { $1 }, executable: executable
                ).locate()
            }
            #expect(throws: FoveaError.self) { try located() }
            let cached = try touch(folder.appending(path: "cache/fovea/armnn/libfovea_armnn.so"))
            #expect(try located() == cached)
            let beside = try touch(folder.appending(path: "bin/libfovea_armnn.so"))
            #expect(try located() == beside)
            let installed = try touch(folder.appending(path: "lib/fovea/libfovea_armnn.so"))
            #expect(try located() == installed)

            let chosen = try touch(folder.appending(path: "mine/libfovea_armnn.so"))
            for path in [chosen, folder.appending(path: "mine").path(percentEncoded: false)] {
                #expect(try located(nil, ["FOVEA_ARMNN_SHIM": path]) == chosen)
                #expect(try located(beside, ["FOVEA_ARMNN_SHIM": path]) == beside)
            }
            #expect(try located("", ["FOVEA_ARMNN_SHIM": ""]) == installed)
        }
    }

    @Test func theCacheIsUnderHomeUnlessSaidOtherwise() {
        for variables in [["HOME": "/h"], ["HOME": "/h", "XDG_CACHE_HOME": "not/absolute"]] {
            let locator = ShimLocator(path: nil, variables: variables, executable: nil)
            #expect(locator.candidates == ["/h/.cache/fovea/armnn/libfovea_armnn.so"])
        }
    }

    @Test func aMissingShimNamesFilesAndCommand() throws {
        let locator = ShimLocator(
            path: nil, variables: ["XDG_CACHE_HOME": "/no/such/folder"],
            executable: URL(filePath: "/no/bin/fovea"))
        let error = try #require(throws: FoveaError.self) { try locator.locate() }
        #expect(error.code == .engineUnavailable)
        for part in [
            "/no/lib/fovea/libfovea_armnn.so", "/no/bin/libfovea_armnn.so",
            "/no/such/folder/fovea/armnn/libfovea_armnn.so", "make -C Shims/armnn install",
            "FOVEA_ARMNN_SHIM",
        ] {
            #expect(error.message.contains(part), "\(part) is not in: \(error.message)")
        }
    }

    @Test func aChosenPathIsNotReplacedByAnother() throws {
        let error = try #require(throws: FoveaError.self) {
            try ArmNNBackend(configuration: .init(libraryPath: "/no/such/libfovea_armnn.so"))
        }
        #expect(error.code == .engineUnavailable)
        #expect(error.message.contains("looked for /no/such/libfovea_armnn.so."))
        #expect(error.message.contains("Correct or remove FOVEA_ARMNN_SHIM"))
    }
}
