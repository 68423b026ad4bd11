import FoveaBackends
import FoveaCore
import Foundation
import RKNNBackend
import Testing

/// Calls of the runtime that fail.
@Suite(.needsCompiler) struct FailureTests {
    private let ports = ["input x UNDEFINED fp16 - 1,4", "output y UNDEFINED fp16 - 1,4"]

    private func load(failing line: String, threads: Int = 1) async throws -> FoveaError {
        try await withStub { stub in
            let model = try stub.model(ports[0], ports[1], line)
            let error = try await #require(throws: FoveaError.self) {
                try await stub.backend(threads: threads).open(model)
            }
            #expect(error.message.contains(model.path))
            try await stub.expectEverythingReleased()
            return error
        }
    }

    /// Names and numbers from the "RKNN C API Reference Manual", chapter 5.
    @Test(arguments: [
        (-1, "RKNN_ERR_FAIL", FoveaError.Code.engineUnavailable, "/dev/dri"),
        (-3, "RKNN_ERR_DEVICE_UNAVAILABLE", .engineUnavailable, "/dev/dri"),
        (-4, "RKNN_ERR_MALLOC_FAIL", .outOfMemory, "fewer RKNN threads"),
        (-5, "RKNN_ERR_PARAM_INVALID", .modelInvalid, "standard error"),
        (-6, "RKNN_ERR_MODEL_INVALID", .modelInvalid, "newer librknnrt.so"),
        (-10, "RKNN_ERR_DEVICE_UNMATCH", .engineUnavailable, "update both"),
        (-12, "RKNN_ERR_INCOMPATILE_OPTIMIZATION_LEVEL_VERSION", .modelInvalid, "newer librknnrt.so"),
        (-13, "RKNN_ERR_TARGET_PLATFORM_UNMATCH", .modelInvalid, "another chip"),
        (-77, "an unknown error", .modelInvalid, "standard error"),
    ])
    func loading(code: Int, name: String, expected: FoveaError.Code, advice: String) async throws {
        let error = try await load(failing: "fail init \(code) 0")
        #expect(error.code == expected)
        #expect(error.message.contains("rknn_init returned \(name) (\(code))"))
        #expect(error.message.contains(advice))
        #expect((error.cause as? RKNNStatus)?.code == code)
    }

    @Test(arguments: [0, 1, 2]) func asking(query: Int) async throws {
        let error = try await load(failing: "fail query\(query) -7 0")
        #expect(error.code == .modelInvalid)
        #expect(error.message.contains("rknn_query returned RKNN_ERR_CTX_INVALID (-7)"))
    }

    @Test func bindingToCores() async throws {
        let error = try await load(failing: "fail cores -5 2", threads: 2)
        #expect(error.message.contains("rknn_set_core_mask returned RKNN_ERR_PARAM_INVALID (-5)"))
    }

    @Test func settingShapes() async throws {
        try await withStub { stub in
            let model = try stub.model(ports[0], ports[1], "rung 1,4", "fail shapes -5 0")
            let error = try await #require(throws: FoveaError.self) { try await stub.backend().open(model) }
            #expect(error.message.contains("rknn_set_input_shapes returned"))
        }
    }

    /// What is not told may be missing.
    @Test(arguments: [5, 7, 13]) func askingInVain(query: Int) async throws {
        try await withStub { stub in
            let session = try await stub.backend().open(
                stub.model(ports[0], ports[1], "fail query\(query) -5 0"))
            #expect(try await session.run([counting([1, 4])])[0].floats() == tripled(4))
        }
    }

    @Test(arguments: [
        ("inputs", "rknn_inputs_set", -8, "RKNN_ERR_INPUT_INVALID"),
        ("run", "rknn_run", -2, "RKNN_ERR_TIMEOUT"),
        ("outputs", "rknn_outputs_get", -9, "RKNN_ERR_OUTPUT_INVALID"),
        ("run", "rknn_run", -1, "RKNN_ERR_FAIL"),
    ])
    func running(step: String, call: String, code: Int, name: String) async throws {
        try await withStub { stub in
            let model = try stub.model(ports[0], ports[1], "fail \(step) \(code) 2")
            var session: (any ModelSession)? = try await stub.backend().open(model)
            _ = try await session?.run([counting([1, 4])])
            let error = try await #require(throws: FoveaError.self) {
                _ = try await session?.run([counting([1, 4])])
            }
            #expect(error.code == .engineFailed)
            #expect(error.message.hasPrefix("RKNN inference failed! \(call) returned \(name) (\(code))"))
            #expect(error.message.contains(model.path))
            // The context can be used again.
            #expect(try await session?.run([counting([1, 4])])[0].floats() == tripled(4))
            session = nil
            try await stub.expectEverythingReleased()
        }
    }

    @Test func anOutputOfTooFewBytes() async throws {
        try await withStub { stub in
            let session = try await stub.backend().open(stub.model(ports[0], ports[1], "short"))
            let error = try await #require(throws: FoveaError.self) {
                try await session.run([counting([1, 4])])
            }
            #expect(error.code == .engineFailed)
            #expect(error.message.hasPrefix("RKNN inference failed!"))
            #expect(error.message.contains("15 bytes came for the output \"y\", which has 16"))
            #expect(try stub.calls("release").count == 1)
        }
    }

    @Test func shapesThatContradictThemselves() async throws {
        let error = try await load(failing: "lies")
        #expect(error.code == .modelInvalid)
        #expect(error.message.contains("\"x\" has the shape [1, 4], but 5 elements"))
    }
}
