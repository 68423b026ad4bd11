import FoveaCore
import Foundation
import ONNXRuntimeBackend
import Testing

/// Libraries that are not what they should be, made with the system's C
/// compiler.
@Suite(.enabled(if: CCompiler.path != nil, "There is no C compiler `cc` to make stub libraries with."))
struct StubLibraryTests {
    private func openStub(_ source: String) async throws -> FoveaError {
        try await withTemporaryFolder { folder in
            let library = folder.appending(path: "libonnxruntime.so").path(percentEncoded: false)
            let code = folder.appending(path: "stub.c")
            try Data(source.utf8).write(to: code)
            let compile = Process()
            compile.executableURL = URL(filePath: try #require(CCompiler.path))
            compile.arguments = ["-shared", "-fPIC", "-o", library, code.path(percentEncoded: false)]
            try compile.run()
            compile.waitUntilExit()
            try #require(compile.terminationStatus == 0)
            let error = try #require(throws: FoveaError.self) {
                try ONNXRuntimeBackend(configuration: .init(libraryPath: library))
            }
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains(library))
            #expect(error.message.contains("make setup"))
            return error
        }
    }

    /// A library whose newest function table is `version`.
    private func stub(_ version: String) -> String {
        """
        static const void *api(unsigned v) { return 0; }
        static const char *version(void) { return "\(version)"; }
        static const struct { const void *(*api)(unsigned); const char *(*version)(void); } base = {api, version};
        const void *OrtGetApiBase(void) { return &base; }
        """
    }

    @Test func anOldLibraryIsRefusedWithBothVersions() async throws {
        let error = try await openStub(stub("1.14.1"))
        #expect(error.message.contains("ONNX Runtime 1.14.1"))
        #expect(error.message.contains("1.20 or newer"))
    }

    @Test func aLibraryOfUnknownVersionIsRefused() async throws {
        for version in ["", "nightly", "2", "1.99999999999"] {
            let error = try await openStub(stub(version))
            #expect(error.message.contains("1.20 or newer"))
        }
    }

    @Test func anotherLibraryIsRefused() async throws {
        let error = try await openStub("int something(void) { return 1; }")
        #expect(error.message.contains("OrtGetApiBase"))
    }

    @Test func aLibraryWithoutABaseIsRefused() async throws {
        let error = try await openStub("const void *OrtGetApiBase(void) { return 0; }")
        #expect(error.message.contains("OrtGetApiBase returned nothing"))
    }
}

private enum CCompiler {
    static let path = ["/usr/bin/cc", "/usr/local/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}
