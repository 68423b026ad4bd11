import ArmNNBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// Compiled kernels are kept beside the model, and nothing else changes there.
@Suite(.enabled(if: Stub.isPossible, Stub.reason), .timeLimit(.minutes(1)))
struct CacheFileTests {
    private func loads(_ stub: Stub) -> [String] {
        stub.calls.filter { $0.hasPrefix("load ") }
    }

    @Test func theFirstLoadKeepsWhatItCompiled() async throws {
        try await Stub.make { stub in
            try await stub.withSession(stub.backend()) { _ in
                let kept = try String(contentsOf: stub.cache, encoding: .utf8)
                #expect(kept == "compiled")
                #expect(stub.files == ["model.anncache"])
            }
            // Under another name until it was whole.
            let load = try #require(loads(stub).first)
            #expect(load.contains(" save=1 "))
            let folder = stub.folder.path(percentEncoded: false)
            #expect(load.contains("cached=\(folder)"))
            #expect(load.contains("/.model.anncache."))
            #expect(load.hasSuffix(".tmp"))
        }
    }

    @Test func laterLoadsUseIt() async throws {
        try await Stub.make { stub in
            let backend = try stub.backend()
            for _ in 0..<2 { try await stub.withSession(backend) { _ in } }
            #expect(loads(stub).count == 2)
            #expect(
                try #require(loads(stub).last).hasSuffix(
                    "save=0 cached=\(stub.cache.path(percentEncoded: false))"))
        }
    }

    @Test func oneThatTheDriverRefusesIsMadeAnew() async throws {
        try await Stub.make(["STUB_REFUSES_CACHE"]) { stub in
            try Data("stale".utf8).write(to: stub.cache)
            let messages = Messages()
            try await stub.withSession(stub.backend { $0.log = messages.add }) { _ in }
            #expect(try String(contentsOf: stub.cache, encoding: .utf8) == "compiled")
            #expect(stub.files == ["model.anncache"])
            let warning = try #require(messages.all.first { $0.text.contains("made anew") })
            #expect(warning.severity == .warning)
            #expect(warning.text.contains("clBuildProgram failed"))
        }
    }

    @Test func aFailedLoadChangesNothing() async throws {
        for before in [nil, Data("stale".utf8)] {
            try await Stub.make(["STUB_STATUS=FOVEA_ARMNN_FAILED"]) { stub in
                try before?.write(to: stub.cache)
                await #expect(throws: FoveaError.self) { try await stub.backend().open(stub.model) }
                #expect(stub.files == (before == nil ? [] : ["model.anncache"]))
                #expect((try? Data(contentsOf: stub.cache)) == before)
            }
        }
    }

    @Test(arguments: ["off", "no model options", "no GPU"])
    func itIsLeftAlone(why: String) async throws {
        try await Stub.make(why == "no model options" ? ["STUB_FEATURES=0"] : []) { stub in
            let backend = try stub.backend {
                if why == "off" { $0.cachesNetworks = false }
                if why == "no GPU" { $0.backends = ["CpuAcc"] }
            }
            try await stub.withSession(backend) { _ in }
            #expect(loads(stub).allSatisfy { $0.hasSuffix("save=0 cached=none") })
            #expect(stub.files == [])
        }
    }

    @Test func whatADeadProcessLeftIsRemoved() async throws {
        try await Stub.make { stub in
            // No process has this number (proc_sys_kernel(5): at most 2^22).
            let left = stub.folder.appending(path: ".model.anncache.4194305.0A1B2C3D.tmp")
            let other = stub.folder.appending(path: ".model.anncache.1.0A1B2C3D.tmp")
            for file in [left, other] { try Data().write(to: file) }
            try await stub.withSession(stub.backend()) { _ in }
            #expect(stub.files == [".model.anncache.1.0A1B2C3D.tmp", "model.anncache"])
        }
    }

    @Test func aFolderThatCannotBeWrittenToIsNoFailure() async throws {
        try await Stub.make { stub in
            // On a file system that takes no files, even of root.
            let messages = Messages()
            let model = URL(filePath: "/proc/self/status")
            let session = try await stub.backend { $0.log = messages.add }.open(model)
            #expect(session.inputs.count == 2)
            #expect(loads(stub).count == 1)
            #expect(try #require(loads(stub).first).hasSuffix("save=0 cached=none"))
            #expect(messages.texts.contains { $0.contains("are not kept: /proc/self") })
        }
    }
}
