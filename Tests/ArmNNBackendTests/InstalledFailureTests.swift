import ArmNNBackend
import FoveaCore
import Foundation
import Testing

/// What the installed Arm NN says of files and backends that it cannot use.
@Suite(.enabled(if: Installed.isThere, Installed.reason), .timeLimit(.minutes(1)))
struct InstalledFailureTests {
    private func failure(_ bytes: Data, _ backend: ArmNNBackend) async throws -> FoveaError {
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "model.armnn")
            try bytes.write(to: file)
            let error = try await #require(throws: FoveaError.self) { try await backend.open(file) }
            let files = try FileManager.default.contentsOfDirectory(
                atPath: folder.path(percentEncoded: false))
            #expect(files == ["model.armnn"])
            return error
        }
    }

    @Test func theReferenceBackendIsThere() async throws {
        #expect(try await Installed.backend().availableBackends().contains("CpuRef"))
    }

    @Test func damagedFilesAreRefused() async throws {
        let whole = try Data(contentsOf: try Installed.file("dense.armnn"))
        let backend = try Installed.backend()
        for bytes in [
            Data(), whole.prefix(5), whole.prefix(whole.count / 2), Data(repeating: 0xFF, count: 4096),
            Data(repeating: 0, count: 64), Data("an HTML page of an error".utf8),
        ] {
            let error = try await failure(bytes, backend)
            #expect(error.code == .modelInvalid)
            #expect(error.message.contains("fetch it again"))
        }
    }

    @Test(
        .enabled(
            if: !FileManager.default.fileExists(atPath: "/dev/mali0"), "This machine has a Mali GPU."),
        arguments: [["GpuAcc"], ["GpuAcc", "CpuRef"], ["CpuRef", "GpuAcc"]])
    func aGPUThatIsNotThereIsNamed(backends: [String]) async throws {
        // Its driver's library is there, as far as the first look goes.
        let backend = try Installed.backend {
            $0.backends = backends
            $0.driverLibraries = ["libc.so.6"]
        }
        let error = try await failure(try Data(contentsOf: try Installed.file("dense.armnn")), backend)
        #expect(error.code == .engineUnavailable)
        #expect(error.message.contains("the backend GpuAcc is not there or did not start; there is CpuRef"))
    }
}
