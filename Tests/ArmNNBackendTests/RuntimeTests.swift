import ArmNNBackend
import FoveaCore
import Foundation
import Testing

/// One runtime a process and library, for as long as something is loaded.
@Suite(.enabled(if: Stub.isPossible, Stub.reason), .timeLimit(.minutes(1)))
struct RuntimeTests {
    private func kinds(_ stub: Stub) -> [String] {
        stub.calls.map { String($0.prefix { $0 != " " }) }
    }

    @Test func networksShareARuntime() async throws {
        try await Stub.make { stub in
            let backend = try stub.backend { $0.cachesNetworks = false }
            let second = try stub.backend { $0.cachesNetworks = false }
            try await stub.withSession(backend) { _ in
                _ = try await second.open(stub.model)
                await waitFor { kinds(stub) == ["create", "load", "load", "unload"] }
            }
            #expect(kinds(stub) == ["create", "load", "load", "unload", "unload", "destroy"])
            try await stub.withSession(backend) { _ in }
            #expect(kinds(stub).suffix(4) == ["create", "load", "unload", "destroy"])
        }
    }

    @Test func otherSettingsAtTheSameTimeAreRefused() async throws {
        try await Stub.make { stub in
            let other = try stub.backend { $0.tuningLevel = 1 }
            try await stub.withSession(stub.backend()) { _ in
                let error = try await #require(throws: FoveaError.self) { try await other.open(stub.model) }
                #expect(error.code == .engineUnavailable)
                #expect(error.message.contains("other settings"))
            }
            #expect(kinds(stub) == ["create", "load", "unload", "destroy"])
        }
    }

    @Test func backendsAreListed() async throws {
        try await Stub.make(["STUB_BACKENDS=\"CpuRef,GpuAcc\""]) { stub in
            let backends = try await stub.backend().availableBackends()
            #expect(backends == ["CpuRef", "GpuAcc"])
            await waitFor { kinds(stub) == ["create", "destroy"] }
        }
        try await Stub.make(["STUB_BACKENDS=\"\""]) { stub in
            let backends = try await stub.backend().availableBackends()
            #expect(backends == [])
        }
    }

    @Test func manyLoadsAtATimeLeaveNothing() async throws {
        try await Stub.make { stub in
            let backend = try stub.backend { $0.tuningFile = stub.tuning }
            try await withThrowingTaskGroup { group in
                for _ in 0..<20 { group.addTask { _ = try await backend.open(stub.model) } }
                try await group.waitForAll()
            }
            await waitFor {
                kinds(stub).last == "destroy" && stub.files == ["gpu-tuning.ann", "model.anncache"]
            }
            let calls = kinds(stub)
            #expect(calls.count { $0 == "load" } == 20)
            #expect(calls.count { $0 == "unload" } == 20)
            #expect(calls.count { $0 == "create" } == calls.count { $0 == "destroy" })
        }
    }
}
