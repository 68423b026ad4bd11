import FoveaBackends
import FoveaCore
import FoveaTesting
import Testing

/// Who keeps which memory, and for how long.
@Suite struct OwnershipTests {
    @Test func outputsOutliveTheirSession() async throws {
        func outputs() async throws -> [Tensor] {
            let session = try await Engine.session(
                ONNXModel(
                    inputs: [.init("x", .float32, [4])],
                    outputs: [.init("y", .float32, [4]), .init("c", .float32, [2])],
                    nodes: [
                        .init("Neg", ["x"], ["y"]),
                        .constant(Tensor(shape: [2], [5, 6] as [Float]), to: "c"),
                    ]))
            return try await session.run([Tensor(shape: [4], [1, 2, 3, 4] as [Float])])
        }
        let result = try await outputs()
        #expect(try result[0].floats() == [-1, -2, -3, -4])
        #expect(try result[1].floats() == [5, 6])
    }

    @Test func anInputPassedThroughIsKept() async throws {
        // The graph's output is its input, by name: no node makes it.
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("x", .float32, ["n"])],
                outputs: [.init("x", .float32, ["n"]), .init("y", .float32, ["n"])],
                nodes: [.init("Neg", ["x"], ["y"])]))
        let count = 1 << 16
        func run() async throws -> Tensor {
            let input = Tensor(shape: [count], [Float](repeating: 7, count: count))
            return try await session.run([input])[0]
        }
        let kept = try await run()
        // Takes over the memory that the input would have left behind.
        let others = (0..<8).map { _ in Tensor(shape: [count], [Float](repeating: 9, count: count)) }
        #expect(try kept.floats().allSatisfy { $0 == 7 })
        #expect(others.count == 8)
    }

    @Test func theCallersOwnTensorIsNotWrittenTo() async throws {
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("x", .float32, [3])], outputs: [.init("y", .float32, [3])],
                nodes: [.init("Relu", ["x"], ["r"]), .init("Neg", ["r"], ["y"])]))
        let input = Tensor(shape: [3], [-1, 2, -3] as [Float])
        #expect(try await session.run([input])[0].floats() == [0, -2, 0])
        #expect(try input.floats() == [-1, 2, -3])
    }
}
