#if os(Linux)
    import FoveaBackends
    import FoveaCore
    import FoveaTesting
    import Foundation
    import ONNXRuntimeBackend
    import Testing

    /// Each test has a process of its own, where nothing else takes memory.
    @Suite struct MemoryTests {
        @Test func runsLeaveNothingBehind() async throws {
            await #expect(processExitsWith: .success) {
                let session = try await Engine.session(MemoryTests.pooling)
                let growth = try await MemoryTests.growth(warmUp: 500, runs: 3000, window: 300) { run in
                    let side = 16 + run % 7 * 8
                    let picture = Tensor(
                        shape: [1, 3, side, side], [Float](repeating: 2, count: 3 * side * side))
                    let outputs = try await session.run([picture])
                    try #require(try outputs[0].floats() == [2, 2, 2])
                    // An error takes another way out.
                    if run.isMultiple(of: 10) { _ = try? await session.run([]) }
                }
                #expect(growth < 1.02)
            }
        }

        @Test func loadsLeaveNothingBehind() async throws {
            await #expect(processExitsWith: .success) {
                let backend = try Engine.backend()
                try await withTemporaryFolder { folder in
                    let good = folder.appending(path: "good.onnx")
                    let bad = folder.appending(path: "bad.onnx")
                    try MemoryTests.pooling.write(to: good)
                    try Data([UInt8](repeating: 0xFF, count: 4096)).write(to: bad)
                    let growth = try await MemoryTests.growth(warmUp: 300, runs: 300, window: 100) { _ in
                        try #require(try await backend.open(good).metadata.count == 2)
                        _ = try? await backend.open(bad)
                    }
                    // Each load is on whichever thread is free, and each new thread
                    // brings a heap of its own: some growth is no leak. The
                    // metadata alone, lost 300 times, would be a third.
                    #expect(growth < 1.1)
                }
            }
        }

        @Test func aReleasedModelGivesItsMemoryBack() async throws {
            await #expect(processExitsWith: .success) {
                let side = 4096
                let page = 4096
                let model = ONNXModel(
                    inputs: [.init("x", .float32, [1, 4096])], outputs: [.init("y", .float32, [1, 4096])],
                    nodes: [.init("MatMul", ["x", "W"], ["y"])],
                    initializers: [
                        "W": Tensor(shape: [side, side], [Float](repeating: 0.5, count: side * side))
                    ])
                var session: (any ModelSession)? = try await Engine.session(model)
                let x = Tensor(shape: [1, side], [Float](repeating: 1, count: side))
                #expect(try await session?.run([x])[0].floats().first == 2048)
                let loaded = try MemoryTests.residentPages()
                session = nil
                // The pool's thread may hold the session for a moment after
                // the run that it did.
                var freed = 0
                for _ in 0..<100_000 where freed < 60 << 20 {
                    await Task.yield()
                    freed = (loaded - (try MemoryTests.residentPages())) * page
                }
                // The weights alone are 64 MiB.
                #expect(freed >= 60 << 20)
            }
        }

        /// How much more memory the last runs take than those after a warm-up,
        /// as a ratio. Of each window of runs the least counts, because a
        /// thread that comes or goes moves the figure for a moment; a leak
        /// moves the least, too.
        static func growth(
            warmUp: Int, runs: Int, window: Int, _ body: (Int) async throws -> Void
        ) async throws -> Double {
            var early = Int.max
            var late = Int.max
            for run in 0..<(warmUp + runs) {
                try await body(run)
                if (warmUp..<(warmUp + window)).contains(run) { early = min(early, try residentPages()) }
                if run >= warmUp + runs - window { late = min(late, try residentPages()) }
            }
            return Double(late) / Double(early)
        }

        static let pooling = ONNXModel(
            inputs: [.init("picture", .float32, [1, 3, "height", "width"])],
            outputs: [.init("mean", .float32, [1, 3])],
            nodes: [
                .init("Relu", ["picture"], ["positive"]),
                .init(
                    "AveragePool", ["positive"], ["pooled"], ["kernel_shape": [3, 3], "strides": [2, 2]]),
                .reduceMean("pooled", axes: [2, 3], to: "mean"),
            ],
            metadata: ["a": "b", "c": String(repeating: "d", count: 50_000)])

        /// Pages of this process that are in memory (proc(5), statm).
        static func residentPages() throws -> Int {
            let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return try #require(fields.count > 1 ? Int(fields[1]) : nil)
        }
    }
#endif
