import FoveaCore
import FoveaEngine
import Testing

/// A device that nobody asked for.
@Suite struct FreeChoiceTests {
    private let other = Candidate(Device(.openvino, "CPU"))

    @Test(arguments: [(0.5, "openvino:CPU"), (0.79, "openvino:CPU"), (0.81, "cpu"), (2, "cpu")])
    func itIsUsedWhereItIsFaster(factor: Double, device: String) async throws {
        let world = try DeviceWorld([:])
        _ = try await world.see(world.engine([other], waits: true, isFreeChoice: true))
        try world.setSeconds(ofProofs: factor)
        let engine = world.engine([other], isFreeChoice: true)
        let placement = try await world.see(engine).placement
        #expect(placement.device == device)
        #expect(placement.wanted == nil)
        #expect(!world.journal.entries.contains { $0.contains("instead of") })
    }

    @Test func itIsNotUsedWhereItIsWrongAndThatIsNoFallback() async throws {
        let world = try DeviceWorld(["openvino:CPU": .init(vector: [0.8, 0.6])])
        let (vector, placement) = try await world.see(world.engine([other], waits: true, isFreeChoice: true))
        #expect(vector == [0.6, 0.8])
        #expect(placement.device == "cpu")
        #expect(placement.wanted == nil)
        #expect(!world.journal.entries.contains { $0.contains("instead of") })
    }

    @Test func whatWasAskedForIsUsedHoweverSlow() async throws {
        let world = try DeviceWorld([:])
        _ = try await world.see(world.engine([other], waits: true))
        try world.setSeconds(ofProofs: 3)
        #expect(try await world.see(world.engine([other])).placement.device == "openvino:CPU")
    }
}
