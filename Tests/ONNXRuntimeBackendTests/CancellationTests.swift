import FoveaBackends
import FoveaCore
import FoveaTesting
import ONNXRuntimeBackend
import Testing

@Suite(.timeLimit(.minutes(2))) struct CancellationTests {
    /// Adds 1 to a number until told to stop.
    private let endless = ONNXModel(
        inputs: [.init("x", .float32, [1])], outputs: [.init("y", .float32, [1])],
        nodes: [
            .init(
                "Loop", ["trips", "go", "x"], ["y"],
                [
                    "body": .graph(
                        .init(
                            inputs: [
                                .init("trip", .int64, []), .init("goes", .bool, []),
                                .init("in", .float32, [1]),
                            ],
                            outputs: [.init("goesOn", .bool, []), .init("out", .float32, [1])],
                            nodes: [.identity("goes", to: "goesOn"), .init("Add", ["in", "one"], ["out"])],
                            initializers: ["one": Tensor(shape: [1], [1 as Float])]))
                ])
        ],
        initializers: [
            "trips": Tensor(shape: [], [Int64.max]), "go": Tensor(shape: [], [true]),
        ])

    private let input = Tensor(shape: [1], [0 as Float])

    @Test func aRunUnderWayIsStopped() async throws {
        let session = try #require(try await Engine.session(endless) as? ONNXRuntimeSession)
        let run = Task { try await session.run([input]) }
        while session.runsUnderWay == 0, !Task.isCancelled { await Task.yield() }
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.value }
        #expect(session.runsUnderWay == 0)
    }

    @Test func stoppingOneRunLeavesTheOthers() async throws {
        // Ends after as many trips as it is told.
        var counted = endless
        counted.graph.inputs.append(.init("trips", .int64, []))
        counted.graph.initializers["trips"] = nil
        let session = try #require(
            try await Engine.session(counted, .init(concurrentRuns: 2)) as? ONNXRuntimeSession)
        let stopped = Task { try await session.run([input, Tensor(shape: [], [Int64.max])]) }
        while session.runsUnderWay == 0, !Task.isCancelled { await Task.yield() }
        #expect(try await session.run([input, Tensor(shape: [], [1000 as Int64])])[0].floats() == [1000])
        stopped.cancel()
        await #expect(throws: CancellationError.self) { try await stopped.value }
        #expect(try await session.run([input, Tensor(shape: [], [3 as Int64])])[0].floats() == [3])
    }

    @Test func aCancelledTaskDoesNotRun() async throws {
        let session = try await Engine.session(endless)
        let run = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await session.run([input])
        }
        await #expect(throws: CancellationError.self) { try await run.value }
    }

    @Test func aCancelledTaskDoesNotLoad() async throws {
        let load = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await Engine.session(endless)
        }
        await #expect(throws: CancellationError.self) { try await load.value }
    }
}
