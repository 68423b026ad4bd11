import FoveaBackends
import FoveaBench
import FoveaCore
import Foundation
import FoveaTesting
import ONNXRuntimeBackend
import Synchronization
import Testing

@Suite struct CalibrationTests {
    /// Each of the twelve products takes the mean of a row of ones and adds k
    /// thousandths, k from 0 to 11.
    @Test func theGraphRunsAndComputesWhatItSays() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString).onnx")
        try CalibrationGraph.model.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let session = try await ONNXRuntimeBackend().open(file)
        let ones = Tensor(shape: CalibrationGraph.inputShape) { (values: UnsafeMutableBufferPointer<Float>) in
            values.initialize(repeating: 1)
        }
        let output = try #require(try await session.run([ones]).first)
        #expect(output.shape == CalibrationGraph.inputShape)
        let expected = Float((0...11).reduce(1.0) { $0 * (1 + Double($1) / 1000) })
        #expect(try output.floats().allSatisfy { abs($0 - expected) < 1e-3 })
    }

    /// 12 products of 197 × 768 by 768 × 3072, two operations each: 11.16 billion.
    @Test func theCostIsThatOfItsProducts() {
        #expect(abs(CalibrationGraph.gigaflops - 11.155) < 0.001)
        #expect(CalibrationGraph.model.count < 4096)
    }

    @Test func theFirstRunIsNotCounted() async throws {
        let runs = Mutex(0)
        let session = FakeSession(inputs: [], outputs: []) { _ in
            runs.withLock { $0 += 1 }
            return []
        }
        #expect(try await SessionTiming.median(of: session, [], limit: 0) >= 0)
        #expect(runs.withLock { $0 } == 3)
    }
}
