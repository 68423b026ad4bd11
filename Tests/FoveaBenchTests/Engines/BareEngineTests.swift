import FoveaBackends
import FoveaBench
import FoveaCore
import Foundation
import FoveaTesting
import Synchronization
import Testing

@Suite struct BareEngineTests {
    private static let info = TensorInfo(name: "x", elementType: .float32, shape: [nil])
    /// Not to be written to.
    private static let nowhere = URL(filePath: "/dev/null/copies")
    private static let graph = URL(filePath: "/models/a.onnx")

    private static func backend(onRun: @escaping @Sendable ([Float]) -> Void = { _ in }) -> FakeBackend {
        FakeBackend { _ in
            FakeSession(inputs: [info], outputs: [info]) { inputs in
                onRun(try inputs[0].floats())
                return inputs
            }
        }
    }

    private static func tensor(_ value: Float) -> Tensor { Tensor(shape: [1], [value]) }

    @Test func aRecorderSeesTheRunsWhileItRecords() async throws {
        let recorder = RunRecorder()
        let session = try await RecordingBackend(Self.backend(), recorder: recorder).open(Self.graph)
        _ = try await session.run([Self.tensor(1)])
        let runs = try await recorder.record {
            _ = try await session.run([Self.tensor(2)])
            _ = try await session.run([Self.tensor(3)])
        }
        _ = try await session.run([Self.tensor(4)])
        #expect(try runs.map { try $0.inputs[0].floats() } == [[2], [3]])
        #expect(runs.map(\.model) == [Self.graph, Self.graph])
        #expect(session.inputs == [Self.info])
    }

    @Test func itemsRunInTurnOnAsManySessionsAsWanted() async throws {
        let seen = Mutex(Set<Float>())
        let asked = Mutex([[Int]]())
        let items = [[1, 2], [3]].map { values in
            values.map { RunRecorder.Run(model: Self.graph, inputs: [Self.tensor($0)]) }
        }
        let engine = try await BareEngine(
            items, Arrangement(sessions: 2, threads: 3, runs: 4), copies: Self.nowhere
        ) { threads, runs in
            asked.withLock { $0.append([threads, runs]) }
            return Self.backend { values in seen.withLock { $0.formUnion(values) } }
        }
        #expect(asked.withLock { $0 } == [[3, 2], [3, 2]])
        let result = await engine.measure(leadIn: 0, seconds: 0.02, processorTime: { nil })
        #expect(result.failures == 0)
        #expect(seen.withLock { $0 } == [1, 2, 3])
    }

    @Test func withoutRunsThereIsNothingToMeasure() async {
        await #expect(throws: FoveaError.self) {
            try await BareEngine(
                [[]], Arrangement(sessions: 1, threads: 1, runs: 1), copies: Self.nowhere
            ) { _, _ in Self.backend() }
        }
    }

    /// With one client, the runs that ended within the window are all that
    /// counts, but for a share of one more. Long enough that some end, however
    /// many other tests run.
    @Test func groupsCountAsManyTimesAsTheyHaveItems() async throws {
        let seen = Mutex<[[Float]]>([])
        let items = (1...6).map { [RunRecorder.Run(model: Self.graph, inputs: [Self.tensor(Float($0))])] }
        let engine = try await BareEngine(
            items, Arrangement(sessions: 1, threads: 0, runs: 1, rows: 4), copies: Self.nowhere
        ) { _, _ in Self.backend { values in seen.withLock { $0.append(values) } } }
        let groups: [[Float]] = [[1, 2, 3, 4], [5, 6, 1, 2]]
        // Both have one shape: the first has warmed it up.
        #expect(seen.withLock { $0 } == [groups[0]])
        let result = await engine.measure(leadIn: 0, seconds: 0.3, processorTime: { nil })
        let counted = result.perSecond * result.seconds
        let ended = Double(result.latencies.count)
        #expect((4 * ended - 1e-6...4 * (ended + 1) + 1e-6).contains(counted))
        let measured = seen.withLock { Array($0.dropFirst().prefix(2)) }
        #expect(!measured.isEmpty && measured == Array(groups.prefix(measured.count)))
    }

    @Test func eachShapeIsWarmedUpWhereRowsAreJoined() async throws {
        let seen = Mutex<[Int]>([])
        let items = [2, 3, 2, 3].map { length in
            let values = [Float](repeating: 0, count: length)
            return [RunRecorder.Run(model: Self.graph, inputs: [Tensor(shape: [1, length], values)])]
        }
        _ = try await BareEngine(
            items, Arrangement(sessions: 1, threads: 0, runs: 1, rows: 2), copies: Self.nowhere
        ) { _, _ in Self.backend { values in seen.withLock { $0.append(values.count) } } }
        #expect(seen.withLock { $0 } == [2, 3])
    }

    @Test func ordersAreJSON() throws {
        let order = EngineOrder(
            BenchCase(.faces, model: "M"), Arrangement(sessions: 1, threads: 2, runs: 1), leadIn: 0.5,
            seconds: 2)
        let line = try JSONEncoder().encode(order)
        #expect(!line.contains(UInt8(ascii: "\n")))
        #expect(try JSONDecoder().decode(EngineOrder.self, from: line) == order)
    }
}
