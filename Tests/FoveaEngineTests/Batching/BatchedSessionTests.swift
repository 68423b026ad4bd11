import FoveaBackends
import FoveaCore
import FoveaEngine
import Logging
import Synchronization
import Testing

/// Requests of different clients in shared runs.
@Suite(.timeLimit(.minutes(2))) struct BatchedSessionTests {
    private static let model = ModelID(.clip, .visual, name: "m")

    private func batched(_ device: StepByStepSession, _ rules: BatchRules = BatchRules(patience: .zero))
        throws -> BatchedSession
    {
        try #require(
            BatchedSession(
                device, of: Self.model, rules: rules, pool: BlockingPool(name: "test", width: 1),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }

    /// Asks at once for what each value is doubled, once all wait or run.
    private func ask(_ session: BatchedSession, _ device: StepByStepSession, count: Int) async throws
        -> [Int: Float]
    {
        try await withThrowingTaskGroup(of: (Int, Float).self) { group in
            for number in 0..<count {
                group.addTask {
                    let outputs = try await session.run([Tensor(shape: [1, 1], [Float(number)])])
                    return (number, try outputs[0].floats()[0])
                }
            }
            while await session.load < count, !Task.isCancelled { await Task.yield() }
            device.open()
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    @Test func everyoneGetsTheirOwnAnswer() async throws {
        let device = StepByStepSession { $0 * 2 }
        let session = try batched(device)
        let answers = try await ask(session, device, count: 64)
        #expect(answers == Dictionary(uniqueKeysWithValues: (0..<64).map { ($0, Float($0) * 2) }))
        // The first shared run is compared with as many single ones, once.
        let again = StepByStepSession { $0 * 2 }
        let second = try batched(again)
        _ = try await ask(second, again, count: 4)
        let rows = again.rows
        again.close()
        _ = try await ask(second, again, count: 64)
        #expect(again.rows.count - rows.count <= 8)
        #expect(again.rows.dropFirst(rows.count).reduce(0, +) == 64)
    }

    @Test func aModelWhoseRowsDependOnEachOtherRunsOneByOne() async throws {
        // Adds the number of rows: 1 alone, more in company.
        let device = StepByStepSession(adds: true) { $0 }
        let session = try batched(device)
        let answers = try await ask(session, device, count: 10)
        #expect(answers == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, Float($0) + 1) }))
        let rows = device.rows.count
        device.close()
        _ = try await ask(session, device, count: 0)
        _ = try await session.run([Tensor(shape: [1, 1], [Float(1)])])
        #expect(device.rows.count == rows + 1)
    }

    @Test func whereASharedRunFailsEachRunsAlone() async throws {
        let device = StepByStepSession(mostRows: 1) { $0 * 2 }
        let session = try batched(device)
        let answers = try await ask(session, device, count: 10)
        #expect(answers == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, Float($0) * 2) }))
    }

    @Test func whoeverGivesUpIsLeftOutAndOthersAreAnswered() async throws {
        let device = StepByStepSession { $0 * 2 }
        let session = try batched(device, BatchRules(runs: 1, patience: .zero))
        let first = Task { try await session.run([Tensor(shape: [1, 1], [Float(1)])]) }
        while await session.load < 1, !Task.isCancelled { await Task.yield() }
        let second = Task { try await session.run([Tensor(shape: [1, 1], [Float(2)])]) }
        let third = Task { try await session.run([Tensor(shape: [1, 1], [Float(3)])]) }
        while await session.load < 3, !Task.isCancelled { await Task.yield() }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        device.open()
        #expect(try await first.value[0].floats() == [2])
        #expect(try await third.value[0].floats() == [6])
        #expect(device.rows == [1, 1])
    }

    @Test func reportsSayHowManySharedARun() async throws {
        let device = StepByStepSession { $0 }
        let session = try batched(device, BatchRules(runs: 1, patience: .zero))
        let traces = (0..<3).map { _ in PredictionTrace() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, trace) in traces.enumerated() {
                group.addTask {
                    try await PredictionTrace.$current.withValue(trace) {
                        _ = try await session.run([Tensor(shape: [1, 1], [Float(index)])])
                    }
                }
                while await session.load < index + 1, !Task.isCancelled { await Task.yield() }
            }
            device.open()
            try await group.waitForAll()
        }
        #expect(traces.map { $0.report.runs.map(\.batch) } == [[1], [2], [2]])
        #expect(traces.allSatisfy { $0.report.durations[.run] != nil && $0.report.durations[.queue] != nil })
    }

    @Test func aFixedNumberOfRowsIsNotShared() {
        let device = StepByStepSession(rows: 1) { $0 }
        #expect(
            BatchedSession(
                device, of: Self.model, rules: BatchRules(), pool: BlockingPool(name: "test", width: 1),
                logger: Logger(label: "test")) == nil)
    }
}

/// A session whose runs begin to end when it is opened.
private final class StepByStepSession: ModelSession {
    let inputs, outputs: [TensorInfo]
    let metadata: [String: String] = [:]
    let placement = Placement.cpu
    private let adds: Bool
    private let mostRows: Int
    private let answer: @Sendable (Float) -> Float
    private let state = Mutex<(isOpen: Bool, rows: [Int])>((false, []))

    init(
        adds: Bool = false, mostRows: Int = .max, rows: Int? = nil,
        _ answer: @escaping @Sendable (Float) -> Float
    ) {
        self.adds = adds
        self.mostRows = mostRows
        self.answer = answer
        inputs = [TensorInfo(name: "x", elementType: .float32, shape: [rows, 1])]
        outputs = [TensorInfo(name: "y", elementType: .float32, shape: [rows, 1])]
    }

    /// Rows of each run, in the order in which they began.
    var rows: [Int] { state.withLock { $0.rows } }

    func open() { state.withLock { $0.isOpen = true } }
    func close() { state.withLock { $0.isOpen = false } }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        let values = try inputs[0].floats()
        state.withLock { $0.rows.append(values.count) }
        while !state.withLock({ $0.isOpen }) {
            try Task.checkCancellation()
            await Task.yield()
        }
        guard values.count <= mostRows else { throw FoveaError(.engineFailed, "Out of memory.") }
        let more: Float = adds ? Float(values.count) : 0
        return [Tensor(shape: inputs[0].shape, values.map { answer($0) + more })]
    }
}
