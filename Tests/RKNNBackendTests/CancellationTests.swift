import FoveaBackends
import FoveaCore
import Foundation
import RKNNBackend
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Work that nobody waits for any more.
@Suite(.needsCompiler) struct CancellationTests {
    @Test func aRunThatWaitsIsNotBegun() async throws {
        try await withStub { stub in
            let fifo = stub.folder.appending(path: "hold").path
            try #require(mkfifo(fifo, 0o600) == 0)
            let model = try stub.model(
                "input x UNDEFINED fp16 - 1,4", "output y UNDEFINED fp16 - 1,4", "fifo \(fifo)")
            let session = try await stub.backend().open(model)
            let first = Task { try await session.run([counting([1, 4])])[0].floats() }
            // Opening blocks until the run reads, which it does until this closes.
            let hold = try await BlockingPool(name: "test", width: 1).run { open(fifo, O_WRONLY) }
            try #require(hold >= 0)
            let second = Task { try await session.run([counting([1, 4])]) }
            second.cancel()
            await #expect(throws: CancellationError.self) { try await second.value }
            close(hold)
            #expect(try await first.value == tripled(4))
            #expect(try stub.calls("run").count == 1)
        }
    }

    @Test func aLoadThatWaitsIsNotBegun() async throws {
        try await withStub { stub in
            let model = try stub.model("input x UNDEFINED fp16 - 1,4", "output y UNDEFINED fp16 - 1,4")
            let backend = try stub.backend()
            let load = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await backend.open(model)
            }
            await #expect(throws: CancellationError.self) { try await load.value }
            #expect(try stub.calls == [])
        }
    }
}
