import FoveaCore
import FoveaEngine
import Testing

/// A model on devices that answer well, badly or not at all.
@Suite struct PlacementTests {
    private let gpu = Candidate(Device(.cuda, "0"))
    private let second = Candidate(Device(.cuda, "1"))
    private let right: [Float] = [0.6, 0.8]
    private let wrong: [Float] = [0.8, 0.6]

    @Test func aDeviceThatAnswersAlikeIsUsed() async throws {
        let world = try DeviceWorld([:])
        let (vector, placement) = try await world.see(world.engine([gpu], waits: true))
        #expect(vector == right)
        #expect(placement.device == "cuda:0")
        #expect(placement.wanted == nil)
        #expect(world.journal.entries == ["loading", "trying cuda:0", "cuda:0 passed", "loaded on cuda:0"])
    }

    @Test func oneThatAnswersOtherwiseIsNotAndThatIsSaid() async throws {
        let world = try DeviceWorld(["cuda:0": .init(vector: wrong)])
        let (vector, placement) = try await world.see(world.engine([gpu], waits: true))
        #expect(vector == right)
        #expect(placement.device == "cpu")
        #expect(placement.wanted == "cuda:0")
        #expect(
            world.journal.entries == [
                "loading", "trying cuda:0", "cuda:0 failed",
                """
                cpu instead of cuda:0: its answers differ from the processor's: cosine 0.96000, at least \
                0.999 is needed
                """, "loaded on cpu",
            ])
    }

    @Test func theNextDeviceIsTriedBeforeTheProcessor() async throws {
        let world = try DeviceWorld(["cuda:0": .init(vector: wrong)])
        let placement = try await world.see(world.engine([gpu, second], waits: true)).placement
        #expect(placement.device == "cuda:1")
        #expect(placement.wanted == "cuda:0")
        let reason = "its answers differ from the processor's: cosine 0.96000, at least 0.999 is needed"
        #expect(world.journal.entries.contains("cuda:1 instead of cuda:0: \(reason)"))
    }

    @Test func whereAModelMovesToIsSaidToo() async throws {
        let world = try DeviceWorld(["cuda:0": .init(unavailable: "There is no driver.")])
        let engine = world.engine([gpu, second])
        #expect(try await world.see(engine).placement.device == "cpu")
        await world.journal.wait(for: "loaded on cuda:1")
        #expect(
            world.journal.entries.filter { $0.contains("instead of") } == [
                "cpu instead of cuda:0: There is no driver.",
                "cuda:1 instead of cuda:0: There is no driver.",
            ])
    }

    @Test func aDeviceOnTrialIsNoFallbackYet() async throws {
        let world = try DeviceWorld([:])
        let engine = world.engine([gpu])
        #expect(try await world.see(engine).placement.wanted == "cuda:0")
        await world.journal.wait(for: "loaded on cuda:0")
        #expect(!world.journal.entries.contains { $0.contains("instead of") })
    }

    @Test(arguments: [
        DeviceWorld.Behaviour(unavailable: "There is no driver."), .init(broken: "It does not compile."),
        .init(runs: 0), .init(hasFiles: false),
    ])
    func whatCannotRunThereRunsOnTheProcessor(behaviour: DeviceWorld.Behaviour) async throws {
        let world = try DeviceWorld(["cuda:0": behaviour])
        let placement = try await world.see(world.engine([gpu], waits: true)).placement
        #expect(placement.device == "cpu")
        #expect(placement.wanted == "cuda:0")
    }

    @Test func withoutFallbackItIsAnErrorThatSaysWhy() async throws {
        let world = try DeviceWorld(["cuda:0": .init(unavailable: "There is no driver.")])
        let error = await #expect(throws: FoveaError.self) {
            try await world.see(world.engine([gpu], fallsBack: false))
        }
        #expect(error?.code == .engineUnavailable)
        #expect(error?.message.contains("There is no driver.") == true)
        #expect(error?.message.contains("fovea doctor") == true)
    }

    @Test func requestsRunElsewhereWhileADeviceIsTried() async throws {
        let world = try DeviceWorld([:])
        world.gates.close("run cuda:0")
        let engine = world.engine([gpu])
        #expect(try await world.see(engine).placement.device == "cpu")
        #expect(try await world.see(engine).placement.wanted == "cuda:0")
        world.gates.open("run cuda:0")
        await world.journal.wait(for: "loaded on cuda:0")
        #expect(try await world.see(engine).placement.device == "cuda:0")
    }

    @Test func aProofOutlivesTheProcess() async throws {
        let world = try DeviceWorld([:])
        _ = try await world.see(world.engine([gpu], waits: true))
        let trials = world.journal.entries.count { $0 == "trying cuda:0" }
        #expect(try await world.see(world.engine([gpu])).placement.device == "cuda:0")
        #expect(trials == 1)
        #expect(world.journal.entries.count { $0 == "trying cuda:0" } == 1)
    }

    @Test func soDoesARefusal() async throws {
        let world = try DeviceWorld(["cuda:0": .init(vector: wrong)])
        _ = try await world.see(world.engine([gpu], waits: true))
        world.set("cuda:0", .init())
        #expect(try await world.see(world.engine([gpu], waits: true)).placement.device == "cpu")
    }

    @Test func aFailedRunIsDoneAgainElsewhere() async throws {
        // The proof runs each of four pictures twice.
        let world = try DeviceWorld(["cuda:0": .init(runs: 17)])
        let engine = world.engine([gpu], waits: true)
        #expect(try await world.see(engine).placement.device == "cuda:0")
        let (vector, placement) = try await world.see(engine)
        #expect(vector == right)
        #expect(placement.device == "cpu")
        #expect(try await world.see(engine).placement.wanted == "cuda:0")
    }
}
