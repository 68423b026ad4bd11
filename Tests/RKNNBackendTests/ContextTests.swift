import FoveaBackends
import FoveaCore
import RKNNBackend
import Testing

/// Several contexts of one model.
@Suite(.needsCompiler) struct ContextTests {
    private let ports = ["input x NHWC fp16 - 1,2,2,3", "output y NCHW fp16 - 1,3,2,2"]
    private let input = counting([1, 3, 2, 2])

    /// Runs that end only when so many of them are under way.
    private func run(_ runs: Int, on session: any ModelSession) async throws {
        try await withThrowingTaskGroup(of: [Float].self) { group in
            for _ in 0..<runs { group.addTask { try await session.run([input])[0].floats() } }
            for try await values in group { #expect(values == tripled(12)) }
        }
    }

    @Test func threeContextsRunAtTheSameTime() async throws {
        try await withStub { stub in
            let model = try stub.model(ports[0], ports[1], "gate 3")
            var session: (any ModelSession)? = try await stub.backend(threads: 3).open(model)
            #expect(try stub.calls("init").count == 1)
            #expect(try stub.calls("dup").count == 2)
            if let session { try await run(12, on: session) }
            session = nil
            try await stub.expectEverythingReleased()
            #expect(Set(try stub.calls("run")).count == 3)
            #expect(try stub.calls("run").count == 12)
        }
    }

    @Test func oneContextRunsOnceAtATime() async throws {
        try await withStub { stub in
            let session = try await stub.backend().open(stub.model(ports[0], ports[1]))
            // The stub itself looks for calls that overlap.
            try await run(20, on: session)
            #expect(Set(try stub.calls("run")).count == 1)
            #expect(try stub.calls("release").count == 20)
        }
    }

    @Test func contextsTakeTurns() async throws {
        try await withStub { stub in
            let session = try await stub.backend(threads: 3).open(stub.model(ports[0], ports[1]))
            for _ in 0..<6 { _ = try await session.run([input]) }
            let runs = try stub.calls("run")
            #expect(Set(runs.prefix(3)).count == 3)
            #expect(Array(runs.prefix(3)) == Array(runs.suffix(3)))
        }
    }

    @Test func anOldLibraryLoadsTheModelForEach() async throws {
        try await withStub(without: [.duplicate]) { stub in
            let model = try stub.model(ports[0], ports[1], "gate 3")
            var session: (any ModelSession)? = try await stub.backend(threads: 3).open(model)
            #expect(try stub.calls("init").count == 3)
            if let session { try await run(3, on: session) }
            session = nil
            try await stub.expectEverythingReleased()
        }
    }

    @Test func aRefusedDuplicateIsLoadedInstead() async throws {
        try await withStub { stub in
            let model = try stub.model(ports[0], ports[1], "fail dup -1 1", "gate 3")
            let session = try await stub.backend(threads: 3).open(model)
            #expect(try stub.calls("init").count == 2)
            #expect(try stub.calls("dup").count == 1)
            try await run(3, on: session)
        }
    }

    @Test func contextsThatWereMadeGoWhereTheLastFails() async throws {
        try await withStub(without: [.duplicate]) { stub in
            let model = try stub.model(ports[0], ports[1], "fail init -4 3")
            let error = try await #require(throws: FoveaError.self) {
                try await stub.backend(threads: 3).open(model)
            }
            #expect(error.code == .outOfMemory)
            #expect(error.message.contains("RKNN_ERR_MALLOC_FAIL (-4)"))
            #expect(try stub.calls("init").count == 2)
            try await stub.expectEverythingReleased()
        }
    }

    @Test func twoModelsShareTheLibrary() async throws {
        try await withStub { stub in
            let backend = try stub.backend()
            let first = try await backend.open(stub.model(ports[0], ports[1], name: "1.rknn"))
            let second = try await backend.open(
                stub.model("input z UNDEFINED fp16 - 1,4", "output y UNDEFINED fp16 - 1,4", name: "2.rknn"))
            #expect(try await second.run([counting([1, 4])])[0].floats() == tripled(4))
            #expect(try await first.run([input])[0].floats() == tripled(12))
        }
    }
}
