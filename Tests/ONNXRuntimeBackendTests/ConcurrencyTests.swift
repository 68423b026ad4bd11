import FoveaBackends
import FoveaCore
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

@Suite struct ConcurrencyTests {
    /// y = (x · A) · A with A = 2·I, so four times x.
    private let model = ONNXModel(
        inputs: [.init("x", .float32, ["batch", 32])], outputs: [.init("y", .float32, ["batch", 32])],
        nodes: [.init("MatMul", ["x", "A"], ["xA"]), .init("MatMul", ["xA", "A"], ["y"])],
        initializers: [
            "A": Tensor(
                shape: [32, 32], (0..<1024).map { $0.isMultiple(of: 33) ? 2 : 0 } as [Float])
        ])

    @Test(arguments: [false, true])
    func runsDoNotDisturbEachOther(arena: Bool) async throws {
        let session = try await Engine.session(model, .init(arena: arena, concurrentRuns: 4))
        try await withThrowingTaskGroup { group in
            for index in 0..<200 {
                group.addTask {
                    let batch = 1 + index % 5
                    let x = Tensor(shape: [batch, 32], [Float](repeating: Float(index), count: batch * 32))
                    let outputs = try await session.run([x])
                    #expect(outputs[0].shape == [batch, 32])
                    #expect(try outputs[0].floats().allSatisfy { $0 == Float(4 * index) })
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func sessionsLoadBesideEachOther() async throws {
        let backend = try Engine.backend()
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "model.onnx")
            try model.write(to: file)
            try await withThrowingTaskGroup { group in
                for _ in 0..<16 {
                    group.addTask {
                        let session = try await backend.open(file)
                        let x = Tensor(shape: [1, 32], [Float](repeating: 1, count: 32))
                        #expect(try await session.run([x])[0].floats().allSatisfy { $0 == 4 })
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
