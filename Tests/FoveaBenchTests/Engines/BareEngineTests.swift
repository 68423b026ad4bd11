import FoveaBackends
import FoveaBench
import FoveaCore
import Foundation
import FoveaTesting
import Synchronization
import Testing

@Suite struct BareEngineTests {
    private static let info = TensorInfo(name: "x", elementType: .float32, shape: [nil])
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
        let engine = try await BareEngine(items, Arrangement(sessions: 2, threads: 3, runs: 4)) {
            threads, runs in
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
            try await BareEngine([[]], Arrangement(sessions: 1, threads: 1, runs: 1)) { _, _ in Self.backend()
            }
        }
    }

    @Test(arguments: 1...16)
    func arrangementsKeepTheCoresBusyAndNoMore(cores: Int) {
        let all = Arrangement.candidates(cores: cores)
        #expect(Set(all).count == all.count)
        #expect(all.contains(Arrangement(sessions: 1, threads: cores, runs: 1)))
        #expect(all.allSatisfy { $0.sessions <= $0.runs && $0.threads <= cores && $0.runs <= max(cores, 2) })
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
