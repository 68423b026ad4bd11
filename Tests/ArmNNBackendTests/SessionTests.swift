import ArmNNBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// Tensors on their way into a network and out of it.
@Suite(.enabled(if: Stub.isPossible, Stub.reason), .timeLimit(.minutes(1)))
struct SessionTests {
    private let left = Tensor(shape: [1, 4], [1, 2, 3, -4] as [Float])
    private let right = Tensor(shape: [2], [5, -6] as [Int32])

    @Test func aSessionTellsWhatItTakesAndGives() async throws {
        try await Stub.make { stub in
            try await stub.withSession(stub.backend()) { session in
                #expect(
                    session.inputs == [
                        .init(name: "left", elementType: .float32, shape: [1, 4]),
                        .init(name: "right", elementType: .int32, shape: [2]),
                    ])
                #expect(
                    session.outputs == [
                        .init(name: "doubled", elementType: .float32, shape: [1, 4]),
                        .init(name: "negated", elementType: .int32, shape: [2]),
                    ])
                #expect(session.metadata.isEmpty)
            }
        }
    }

    @Test func inputsAndOutputsKeepTheirPlaces() async throws {
        try await Stub.make { stub in
            try await stub.withSession(stub.backend()) { session in
                let outputs = try await session.run([left, right])
                #expect(outputs.map(\.shape) == [[1, 4], [2]])
                #expect(try outputs[0].floats() == [2, 4, 6, -8])
                #expect(try outputs[1].withElements(as: Int32.self) { Array($0) } == [-5, 6])
            }
        }
    }

    @Test func outputsOutliveTheSession() async throws {
        try await Stub.make { stub in
            let outputs = try await stub.withSession(stub.backend()) { try await $0.run([left, right]) }
            #expect(stub.calls.last == "destroy")
            #expect(try outputs[0].floats() == [2, 4, 6, -8])
        }
    }

    @Test func inputsThatDoNotFitAreNamed() async throws {
        try await Stub.make { stub in
            try await stub.withSession(stub.backend()) { session in
                for (inputs, part) in [
                    ([left], #"takes 2 inputs ("left", "right"), but was given 1"#),
                    ([right, left], #"wants float32 for its input "left", but was given int32"#),
                    (
                        [left.reshaped([4]), right],
                        #"wants the shape [1, 4] for its input "left", but was given [4]"#
                    ),
                    (
                        [left, Tensor(shape: [3], [1, 2, 3] as [Int32])],
                        #"the shape [2] for its input "right""#
                    ),
                ] {
                    let error = try await #require(throws: FoveaError.self) { try await session.run(inputs) }
                    #expect(error.code == .engineFailed)
                    #expect(error.message.contains(part), "\(part) is not in: \(error.message)")
                }
            }
        }
    }

    @Test func runsOfANetworkDoNotOverlap() async throws {
        try await Stub.make { stub in
            try await stub.withSession(stub.backend { $0.concurrentRuns = 4 }) { session in
                try await withThrowingTaskGroup { group in
                    for index in 0..<60 {
                        group.addTask {
                            let values = [Float](repeating: Float(index), count: 4)
                            let outputs = try await session.run([Tensor(shape: [1, 4], values), right])
                            #expect(try outputs[0].floats() == values.map { 2 * $0 })
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(!stub.calls.contains("overlap"))
        }
    }

    @Test func aCancelledTaskDoesNotRun() async throws {
        try await Stub.make { stub in
            try await stub.withSession(stub.backend()) { session in
                let task = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await session.run([left, right])
                }
                await #expect(throws: CancellationError.self) { try await task.value }
            }
        }
    }

    @Test func aFailedRunTellsWhy() async throws {
        try await Stub.make(["STUB_RUN_FAILS"]) { stub in
            try await stub.withSession(stub.backend()) { session in
                let error = try await #require(throws: FoveaError.self) {
                    try await session.run([left, right])
                }
                #expect(error.code == .engineFailed)
                #expect(error.message.hasSuffix("failed in Arm NN: the GPU is gone."))
            }
        }
    }
}
