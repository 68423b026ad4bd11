import ArmNNBackend
import FoveaCore
import Foundation
import Testing

/// What is said about a network that does not load.
@Suite(.enabled(if: Stub.isPossible, Stub.reason), .timeLimit(.minutes(1)))
struct LoadFailureTests {
    private func failure(_ definitions: [String], _ model: URL? = nil) async throws -> FoveaError {
        try await Stub.make(definitions) { stub in
            let model = model ?? stub.model
            let error = try await #require(throws: FoveaError.self) { try await stub.backend().open(model) }
            #expect(error.message.contains(model.path(percentEncoded: false)))
            await waitFor {
                stub.calls.count { $0 == "destroy" } == stub.calls.count { $0.hasPrefix("create") }
            }
            return error
        }
    }

    @Test(arguments: [
        ("FOVEA_ARMNN_NO_BACKEND", FoveaError.Code.engineUnavailable, "/dev/mali0"),
        ("FOVEA_ARMNN_BAD_MODEL", .modelInvalid, "fetch it again"),
        ("FOVEA_ARMNN_FAILED", .engineFailed, "Arm NN 33.0.0"),
    ])
    func statusesHaveCodes(status: String, code: FoveaError.Code, advice: String) async throws {
        let error = try await failure(["STUB_STATUS=\(status)"])
        #expect(error.code == code)
        #expect(
            error.message.contains("the stub's reason. ") || error.message.hasSuffix("the stub's reason."))
        #expect(error.message.contains(advice))
    }

    @Test func filesThatAreNotThereAreNamed() async throws {
        let missing = try await failure([], URL(filePath: "/no/such/model.armnn"))
        #expect(missing.code == .modelInvalid)
        #expect(missing.message.contains("there is no such file"))
        let folder = try await failure([], FileManager.default.temporaryDirectory)
        #expect(folder.code == .modelInvalid)
        #expect(folder.message.contains("it is a folder"))
    }

    @Test func quantisedTensorsAreRefused() async throws {
        let error = try await failure(["STUB_OTHER_TYPE"])
        #expect(error.code == .modelInvalid)
        #expect(error.message.contains(#"The tensor "left""#))
        #expect(error.message.contains("QAsymmU8"))
    }
}
