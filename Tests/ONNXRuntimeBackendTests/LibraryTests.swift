import FoveaCore
import Foundation
import ONNXRuntimeBackend
import Testing

/// How the library is found, and what is said where it is not.
@Suite struct LibraryTests {
    private static let file = "libonnxruntime.so.\(ONNXRuntimeLibrary.pinnedVersion)"

    private func fail(_ locator: LibraryLocator) throws -> FoveaError {
        let error = try #require(throws: FoveaError.self) { try ONNXRuntimeLibrary.find(locator) }
        #expect(error.code == .engineUnavailable)
        return error
    }

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
            func located() throws -> String? {
                try LibraryLocator(path: nil, variables: variables, executable: executable).locate()
            }
            #expect(try located() == nil)
            let cached = try touch(
                folder.appending(
                    path: "cache/fovea/onnxruntime-\(ONNXRuntimeLibrary.pinnedVersion)/\(Self.file)"))
            #expect(try located() == cached)
            let beside = try touch(folder.appending(path: "bin/libonnxruntime.so.1"))
            #expect(try located() == beside)
            let installed = try touch(folder.appending(path: "lib/fovea/\(Self.file)"))
            #expect(try located() == installed)

            let chosen = try touch(folder.appending(path: "mine/libonnxruntime.so"))
            for path in [chosen, folder.appending(path: "mine").path(percentEncoded: false)] {
                let set = variables.merging(["FOVEA_ONNXRUNTIME": path]) { $1 }
                #expect(
                    try LibraryLocator(path: nil, variables: set, executable: executable).locate() == chosen)
                #expect(
                    try LibraryLocator(path: beside, variables: set, executable: executable).locate()
                        == beside)
            }
        }
    }

    @Test func theCacheIsUnderHomeUnlessSaidOtherwise() {
        for variables in [["HOME": "/h"], ["HOME": "/h", "XDG_CACHE_HOME": "not/absolute"]] {
            let locator = LibraryLocator(path: nil, variables: variables, executable: nil)
            #expect(
                locator.candidates.first
                    == "/h/.cache/fovea/onnxruntime-\(ONNXRuntimeLibrary.pinnedVersion)/\(Self.file)")
        }
    }

    @Test func aMissingLibraryNamesFilesVersionAndCommand() throws {
        var locator = LibraryLocator(
            path: nil, variables: ["XDG_CACHE_HOME": "/no/such/folder"],
            executable: URL(filePath: "/no/bin/fovea"))
        locator.systemName = "libfovea-no-such-library.so.1"
        let error = try fail(locator)
        for part in [
            "/no/lib/fovea/\(Self.file)", "/no/bin/\(Self.file)",
            "/no/such/folder/fovea/onnxruntime-\(ONNXRuntimeLibrary.pinnedVersion)/\(Self.file)",
            "libfovea-no-such-library.so.1", "1.20", "make setup", "FOVEA_ONNXRUNTIME",
        ] {
            #expect(error.message.contains(part), "\(part) is not in: \(error.message)")
        }
    }

    @Test func aChosenPathIsNotReplacedByAnother() throws {
        let error = try fail(LibraryLocator(path: "/no/such/libonnxruntime.so"))
        #expect(error.message.contains("looked for /no/such/libonnxruntime.so."))
        #expect(error.message.contains("FOVEA_ONNXRUNTIME"))
        #expect(throws: FoveaError.self) {
            try ONNXRuntimeBackend(configuration: .init(libraryPath: "/no/such/libonnxruntime.so"))
        }
    }

    @Test func aCorruptFileGivesTheLoadersReason() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "libonnxruntime.so").path(percentEncoded: false)
            try Data("no shared object".utf8).write(to: URL(filePath: file))
            let error = try fail(LibraryLocator(path: file))
            #expect(error.message.contains(file))
            #expect(error.message.contains("file too short") || error.message.contains("invalid ELF header"))
            #expect(error.message.contains("make setup"))
        }
    }

    @Test func theInstalledLibraryTellsWhatItIs() throws {
        let backend = try Engine.backend()
        #expect(backend.description == "ONNX Runtime \(backend.version)")
        #expect(backend.version.hasPrefix("1."))
        #expect(try backend.availableProviders.contains("CPUExecutionProvider"))
    }
}
