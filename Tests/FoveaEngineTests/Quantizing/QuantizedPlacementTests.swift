import FoveaCore
import FoveaEngine
import FoveaTesting
import Foundation
import Testing

/// Models in int8 on the processor, from copies that were compared.
@Suite struct QuantizedPlacementTests {
    private let int8 = Placement(device: "cpu", provider: "CPUExecutionProvider", precision: "int8")

    @Test(arguments: [(0.4, true), (1.05, true), (1.2, false)])
    func aCopyThatPassesIsUsedUnlessItIsSlower(factor: Double, isUsed: Bool) async throws {
        let world = try QuantizedWorld([QuantizedWorld.product])
        let exact = try await world.see(world.engine([.reference]))
        #expect(exact.placement == .cpu)
        #expect(world.copies.isEmpty)

        _ = try await world.see(world.engine())
        try DeviceWorld.setSeconds(ofProofsIn: world.proofs, to: factor)
        let (vector, placement) = try await world.see(world.engine())
        #expect(placement == (isUsed ? int8 : .cpu))
        let cosine = try #require(ProofComparison.cosine(vector, exact.vector))
        #expect(cosine > 0.999)
        #expect((vector == exact.vector) == !isUsed)
        // The second process goes by what the first has found.
        #expect(world.journal.entries == ["tried cpu: true"])
        #expect(world.isUntouched)
    }

    @Test func whatWasFoundIsKept() async throws {
        let world = try QuantizedWorld([QuantizedWorld.product])
        let proof = try await world.engine().prove(QuantizedWorld.id, on: .quantized)
        #expect(proof.placement == int8)
        #expect(proof.passed)
        let mean = try #require(proof.mean)
        #expect(proof.value > 0.999 && mean >= proof.value && mean < 1)
        // 192 · 96 weights of four bytes, and of one.
        let (bytes, original) = (try #require(proof.graphBytes), try #require(proof.referenceGraphBytes))
        #expect((73_728..<75_500).contains(original))
        #expect((18_432..<20_500).contains(bytes))
        #expect(Proof.kept(in: world.proofs).map(\.value) == [proof.value])
    }

    @Test func moreIsAskedOfACopyThanOfADevice() async throws {
        let world = try QuantizedWorld([QuantizedWorld.product])
        var proof = try await world.engine().prove(QuantizedWorld.id, on: .quantized)
        proof.value = 0.9993
        #expect(!proof.passed)
        #expect(proof.explanation.contains("at least 0.9995"))
        proof.placement.precision = "fp32"
        #expect(proof.passed)
    }

    @Test func aCopyThatAnswersOtherwiseIsNotUsedAndGoes() async throws {
        let world = try QuantizedWorld(QuantizedWorld.badProduct)
        let exact = try await world.see(world.engine([.reference]))
        for _ in 0..<2 {
            let (vector, placement) = try await world.see(world.engine())
            #expect(placement == .cpu)
            #expect(vector == exact.vector)
        }
        #expect(world.journal.entries == ["tried cpu: false"])
        let proof = try #require(Proof.kept(in: world.proofs).first)
        #expect(!proof.passed && proof.value < 0.99)
        #expect(proof.graphBytes != nil)
        #expect(world.copies.isEmpty, "\(world.copies)")
        #expect(world.isUntouched)
    }

    @Test func aGraphWithoutProductsRunsAsItIs() async throws {
        let world = try QuantizedWorld([
            .init("Gemm", ["pixels", "w"], ["embedding"], ["alpha": 2.0])
        ])
        #expect(try await world.see(world.engine()).placement == .cpu)
        #expect(world.journal.entries == ["tried cpu: false"])
        let error = await #expect(throws: FoveaError.self) {
            try await world.engine().prove(QuantizedWorld.id, on: .quantized)
        }
        #expect(error?.message.contains("has no matrix product") == true)
        #expect(world.copies.isEmpty)
    }
}
