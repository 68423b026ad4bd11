import FoveaBackends
import FoveaCore
import FoveaTesting
import ONNXRuntimeBackend
import Testing

@Suite struct ConfigurationTests {
    @Test(arguments: [
        ONNXRuntimeConfiguration(intraOpThreads: -1), .init(interOpThreads: 1_000_000),
        .init(concurrentRuns: .min),
    ])
    func unusableNumbersAreRefused(configuration: ONNXRuntimeConfiguration) throws {
        let error = try #require(throws: FoveaError.self) {
            try ONNXRuntimeBackend(configuration: configuration)
        }
        #expect(error.code == .invalidSetting)
    }

    /// Two branches and a sum: y = |x| - x.
    private let branches = ONNXModel(
        inputs: [.init("x", .float32, ["n"])], outputs: [.init("y", .float32, ["n"])],
        nodes: [.init("Abs", ["x"], ["a"]), .init("Neg", ["x"], ["b"]), .init("Add", ["a", "b"], ["y"])])

    @Test(arguments: [
        ONNXRuntimeConfiguration(intraOpThreads: 1), .init(intraOpThreads: 4), .init(interOpThreads: 3),
        .init(arena: false),
    ])
    func answersDoNotDependOnIt(configuration: ONNXRuntimeConfiguration) async throws {
        let session = try await Engine.session(branches, configuration)
        #expect(try await session.run([Tensor(shape: [3], [-1, 0, 2] as [Float])])[0].floats() == [2, 0, 0])
    }

    @Test func denormalNumbersAreZero() async throws {
        let session = try await Engine.session(
            ONNXModel(
                inputs: [.init("x", .float32, [2])], outputs: [.init("y", .float32, [2])],
                nodes: [.init("Mul", ["x", "two"], ["y"])],
                initializers: ["two": Tensor(shape: [1], [2 as Float])]))
        let smallest = Float.leastNormalMagnitude
        let outputs = try await session.run([Tensor(shape: [2], [smallest, smallest / 4])])
        #expect(try outputs[0].floats() == [2 * smallest, 0])
        // Only there: this thread's arithmetic is as it was.
        #expect(smallest / 4 * 2 > 0)
    }
}
