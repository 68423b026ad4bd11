import ArmNNBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// With the Arm NN that is installed, on its reference backend.
@Suite(.enabled(if: Installed.isThere, Installed.reason), .timeLimit(.minutes(1)))
struct InstalledTests {
    @Test func aDenseLayerGivesWhatItsDefinitionGives() async throws {
        let session = try await Installed.open("dense.armnn")
        #expect(session.inputs == [.init(name: "in", elementType: .float32, shape: [1, 4])])
        #expect(session.outputs == [.init(name: "out", elementType: .float32, shape: [1, 3])])
        #expect(session.placement == Placement(device: "armnn", provider: "ARMNN", precision: "fp32"))
        // x W + b with W[i][j] = 3 i + j and b = 1, 2, 3:
        // 1·0 + 2·3 + 3·6 + 4·9 + 1 = 61, and 10 + 1 more with each column.
        let outputs = try await session.run([Tensor(shape: [1, 4], [1, 2, 3, 4] as [Float])])
        #expect(outputs.map(\.shape) == [[1, 3]])
        #expect(try outputs[0].floats() == [61, 72, 83])
    }

    @Test func inputsGoInByPosition() async throws {
        let session = try await Installed.open("difference.armnn")
        #expect(session.inputs.map(\.name) == ["left", "right"])
        let left = Tensor(shape: [2, 3], [10, 20, 30, 40, 50, 60] as [Float])
        let right = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6] as [Float])
        #expect(try await session.run([left, right])[0].floats() == [9, 18, 27, 36, 45, 54])
    }

    @Test(
        .enabled(
            if: (try? Installed.file("both.armnn").checkResourceIsReachable()) ?? false,
            "The installed Arm NN is 20.08, which stops the process when it reads a network with two outputs."
        ))
    func outputsComeOutByPosition() async throws {
        let session = try await Installed.open("both.armnn")
        #expect(session.outputs.map(\.name) == ["difference", "sum"])
        let left = Tensor(shape: [2, 3], [10, 20, 30, 40, 50, 60] as [Float])
        let right = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6] as [Float])
        let outputs = try await session.run([left, right])
        #expect(try outputs.map { try $0.floats() } == [[9, 18, 27, 36, 45, 54], [11, 22, 33, 44, 55, 66]])
    }

    @Test func halfPrecisionGoesThrough() async throws {
        let session = try await Installed.open("half.armnn")
        #expect(session.inputs.map(\.elementType) == [.float16])
        let outputs = try await session.run([Tensor(shape: [1, 4], [0.5, 1, -2, 3] as [Float16])])
        #expect(outputs[0].elementType == .float16)
        #expect(try outputs[0].floats() == [1, 2, -4, 6])
    }

    @Test func fp16ComputesTheSame() async throws {
        let backend = try Installed.backend { $0.fp16 = true }
        let session = try await backend.open(try Installed.file("dense.armnn"))
        #expect(session.placement.precision == "fp16")
        #expect(session.inputs.map(\.elementType) == [.float32])
        // All numbers on the way are whole and below 2048: float16 has them exactly.
        let outputs = try await session.run([Tensor(shape: [1, 4], [1, 2, 3, 4] as [Float])])
        #expect(try outputs[0].floats() == [61, 72, 83])
    }

    @Test func quantisedNetworksAreRefused() async throws {
        let error = try await #require(throws: FoveaError.self) { try await Installed.open("number.armnn") }
        #expect(error.code == .modelInvalid)
        #expect(error.message.contains("QAsymmU8"))
    }

    @Test func networksRunBesideEachOther() async throws {
        let backend = try Installed.backend { $0.concurrentRuns = 4 }
        let dense = try await backend.open(try Installed.file("dense.armnn"))
        let difference = try await backend.open(try Installed.file("difference.armnn"))
        try await withThrowingTaskGroup { group in
            for index in 0..<100 {
                let value = Float(index)
                group.addTask {
                    let outputs = try await dense.run([Tensor(shape: [1, 4], [value, 0, 0, 0])])
                    #expect(try outputs[0].floats() == [1, 2 + value, 3 + 2 * value])
                }
                group.addTask {
                    let left = Tensor(shape: [2, 3], [Float](repeating: value, count: 6))
                    let right = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6] as [Float])
                    let outputs = try await difference.run([left, right])
                    #expect(try outputs[0].floats() == (1...6).map { value - Float($0) })
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func networksLoadAndUnloadBesideEachOther() async throws {
        let backend = try Installed.backend()
        let file = try Installed.file("dense.armnn")
        try await withThrowingTaskGroup { group in
            for _ in 0..<20 {
                group.addTask {
                    let session = try await backend.open(file)
                    let outputs = try await session.run([Tensor(shape: [1, 4], [1, 2, 3, 4] as [Float])])
                    #expect(try outputs[0].floats() == [61, 72, 83])
                }
            }
            try await group.waitForAll()
        }
    }
}
