import ArmNNBackend
import FoveaCore
import Foundation
import Testing

/// The tuning file, and the runtime that writes it when it ends.
@Suite(.enabled(if: Stub.isPossible, Stub.reason), .timeLimit(.minutes(1)))
struct TuningTests {
    @Test(arguments: [1, 2, 3])
    func whatWasFoundIsKeptWhenAllIsUnloaded(level: Int) async throws {
        try await Stub.make { stub in
            let backend = try stub.backend {
                $0.tuningLevel = level
                $0.tuningFile = stub.tuning
                $0.cachesNetworks = false
            }
            try await stub.withSession(backend) { _ in
                #expect(!FileManager.default.fileExists(atPath: stub.tuning.path(percentEncoded: false)))
            }
            let create = try #require(stub.calls.first)
            #expect(create.hasPrefix("create folder=none level=\(level) file="))
            #expect(create.contains("/.gpu-tuning.ann."))
            await waitFor { stub.files == ["gpu-tuning.ann"] }
            #expect(try String(contentsOf: stub.tuning, encoding: .utf8) == "lws\nkernel;1;2;3\n")
        }
    }

    @Test func level0UsesTheFileAndLeavesIt() async throws {
        try await Stub.make { stub in
            try Data("earlier".utf8).write(to: stub.tuning)
            let backend = try stub.backend {
                $0.tuningLevel = 0
                $0.tuningFile = stub.tuning
                $0.cachesNetworks = false
            }
            try await stub.withSession(backend) { _ in }
            #expect(
                stub.calls.first
                    == "create folder=none level=0 file=\(stub.tuning.path(percentEncoded: false))")
            #expect(stub.files == ["gpu-tuning.ann"])
            #expect(try String(contentsOf: stub.tuning, encoding: .utf8) == "earlier")
        }
    }

    @Test func nothingIsKeptWithoutAFileOrAFolder() async throws {
        for file in [nil, URL(filePath: "/no/such/folder/gpu-tuning.ann")] {
            try await Stub.make { stub in
                let backend = try stub.backend {
                    $0.tuningFile = file
                    $0.cachesNetworks = false
                }
                try await stub.withSession(backend) { _ in }
                #expect(stub.calls.first == "create folder=none level=2 file=none")
                #expect(stub.files == [])
            }
        }
    }

    @Test func aRuntimeThatDoesNotStartLeavesNothing() async throws {
        try await Stub.make(["STUB_REFUSES_START"]) { stub in
            let backend = try stub.backend { $0.tuningFile = stub.tuning }
            let error = try await #require(throws: FoveaError.self) { try await backend.open(stub.model) }
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains("no OpenCL device"))
            #expect(stub.files == [])
        }
    }
}
