import ArmNNBackend
import FoveaCore
import Foundation
import Testing

/// Libraries that are not what they should be, and one that is.
@Suite(.enabled(if: Stub.isPossible, Stub.reason), .timeLimit(.minutes(1)))
struct LibraryTests {
    private func failure(_ path: String) throws -> FoveaError {
        let error = try #require(throws: FoveaError.self) { try ArmNNLibrary(path: path) }
        #expect(error.code == .engineUnavailable)
        #expect(error.message.contains(path))
        return error
    }

    @Test func aShimTellsWhatItIs() async throws {
        try await Stub.make { stub in
            let backend = try stub.backend()
            #expect(backend.description == "Arm NN 33.0.0")
            #expect(backend.libraryPath == stub.library)
            #expect(stub.calls.isEmpty)
        }
    }

    @Test func anotherInterfaceIsRefusedWithBothVersions() async throws {
        try await Stub.make(["STUB_ABI=9"]) { stub in
            let message = try failure(stub.library).message
            #expect(message.contains("it has version 9 of the interface, version 1 is needed"))
            #expect(message.contains("make -C Shims/armnn install"))
        }
    }

    @Test func aCorruptFileGivesTheLoadersReason() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "libfovea_armnn.so")
            try Data("no shared object".utf8).write(to: file)
            let message = try failure(file.path(percentEncoded: false)).message
            #expect(message.contains("file too short") || message.contains("invalid ELF header"))
            #expect(message.contains("make -C Shims/armnn install"))
        }
    }

    @Test func anotherLibraryIsRefused() async throws {
        try await withTemporaryFolder { folder in
            let library = try Stub.compile("int something(void) { return 1; }", in: folder)
            #expect(try failure(library).message.contains("fovea_armnn_abi_version"))
            let half = "unsigned fovea_armnn_abi_version(void) { return 1; }"
            let halfLibrary = try Stub.compile(half, in: folder)
            #expect(try failure(halfLibrary).message.contains("it has no fovea_armnn_version"))
        }
    }

    @Test func missingLibrariesOfArmNNAreNamed() async throws {
        try await withTemporaryFolder { folder in
            // Linked to one that is gone afterwards, as the shim is to Arm NN's.
            let armNN = try Stub.compile("int armnn(void) { return 1; }", in: folder, name: "libarmnn.so.99")
            let shim = try Stub.compile(
                "int armnn(void); int use(void) { return armnn(); }", in: folder, linking: armNN)
            try FileManager.default.removeItem(atPath: armNN)
            let message = try failure(shim).message
            #expect(message.contains("libarmnn.so.99: cannot open shared object file"))
            #expect(message.contains("libarmnn22 on bookworm"))
        }
    }

    @Test func aMissingDriverIsNamed() async throws {
        try await Stub.make { stub in
            let error = try #require(throws: FoveaError.self) {
                try stub.backend { $0.driverLibraries = ["libno-mali.so", "libno-cl.so.1"] }
            }
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains("libno-mali.so, libno-cl.so.1"))
            #expect(error.message.contains("libno-mali.so: cannot open shared object file"))
            #expect(error.message.contains("/usr/lib/libmali.so"))
            // Only the GPU needs it.
            _ = try stub.backend {
                $0.driverLibraries = ["libno-mali.so"]
                $0.backends = ["CpuAcc"]
            }
        }
    }
}

extension Stub {
    /// Compiles a library of other source.
    fileprivate static func compile(
        _ source: String, in folder: URL, name: String = "lib\(UUID().uuidString).so",
        linking other: String? = nil
    ) throws -> String {
        let code = folder.appending(path: "code.c")
        try Data(source.utf8).write(to: code)
        let library = folder.appending(path: name).path(percentEncoded: false)
        try compile(
            ["-Wl,-soname,\(name)", "-o", library, code.path(percentEncoded: false)]
                + [other].compactMap(\.self))
        return library
    }
}
