import FoveaCore
import FoveaEngine
import Testing

/// A model goes back to its device, which failed and is well again.
@Suite(.timeLimit(.minutes(2))) struct ReturnTests {
    private let gpu = Candidate(Device(.cuda, "0"))
    private let second = Candidate(Device(.cuda, "1"))
    private let rest = Duration.seconds(600)
    /// Runs of a proof, each of four pictures once for its answer and three times
    /// for the clock, and a request.
    private let proofAndRun = 17

    /// A model that fell back to the processor, because a device failed in a run.
    private func fallen(_ world: DeviceWorld) async throws -> Engine {
        world.set("cuda:0", .init(runs: proofAndRun))
        let engine = world.engine([gpu], waits: true)
        #expect(try await world.see(engine).placement.device == "cuda:0")
        #expect(try await world.see(engine).placement.device == "cpu")
        return engine
    }

    private func trials(_ world: DeviceWorld) -> Int { world.journal.count(of: "trying cuda:0") }

    @Test func oncePastItsRestADeviceIsTriedAndUsed() async throws {
        let world = try DeviceWorld([:])
        let engine = try await fallen(world)
        world.set("cuda:0", .init())
        world.pass(rest - .seconds(1))
        await engine.returnModels()
        #expect(try await world.see(engine).placement.device == "cpu")
        #expect(trials(world) == 1)
        world.pass(.seconds(1))
        await engine.returnModels()
        #expect(trials(world) == 2)
        let placement = try await world.see(engine).placement
        #expect(placement.device == "cuda:0" && placement.wanted == nil)
        #expect(world.journal.entries.last == "loaded on cuda:0")
        await engine.returnModels()
        #expect(trials(world) == 2, "It is where it should be")
    }

    @Test func oneThatStillFailsRestsAgain() async throws {
        let world = try DeviceWorld([:])
        let engine = try await fallen(world)
        let loads = world.journal.count(of: "loaded on cpu")
        world.pass(rest)
        await engine.returnModels()
        await engine.returnModels()
        #expect(trials(world) == 2)
        world.pass(rest)
        await engine.returnModels()
        #expect(trials(world) == 2, "It failed twice on end")
        world.pass(rest)
        await engine.returnModels()
        #expect(trials(world) == 3)
        #expect(try await world.see(engine).placement.device == "cpu")
        #expect(world.journal.count(of: "loaded on cpu") == loads, "The model stays as it is")
    }

    /// A proof from before does not count for a device that failed since.
    @Test func oneThatAnswersOtherwiseNowIsNotTriedAgain() async throws {
        let world = try DeviceWorld([:])
        let engine = try await fallen(world)
        world.set("cuda:0", .init(vector: [0.8, 0.6]))
        for _ in 0..<2 {
            world.pass(rest)
            await engine.returnModels()
        }
        #expect(trials(world) == 2)
        #expect(try await world.see(engine).placement.device == "cpu")
    }

    @Test func requestsKeepTheModelMeanwhile() async throws {
        let world = try DeviceWorld([:])
        let engine = try await fallen(world)
        world.set("cuda:0", .init())
        world.gates.close("run cuda:0")
        world.pass(rest)
        async let returning: Void = engine.returnModels()
        while trials(world) < 2, !Task.isCancelled { await Task.yield() }
        #expect(try await world.see(engine).placement.device == "cpu")
        // Another look finds it on trial.
        await engine.returnModels()
        #expect(trials(world) == 2)
        world.gates.open("run cuda:0")
        await returning
        #expect(try await world.see(engine).placement.device == "cuda:0")
    }

    @Test func theNextBestIsTakenAndLeftForTheBest() async throws {
        let world = try DeviceWorld([
            "cuda:0": .init(unavailable: "There is no driver."),
            "cuda:1": .init(unavailable: "There is no driver."),
        ])
        let engine = world.engine([gpu, second], waits: true)
        #expect(try await world.see(engine).placement.device == "cpu")
        world.set("cuda:1", .init())
        world.pass(rest)
        await engine.returnModels()
        let placement = try await world.see(engine).placement
        #expect(placement.device == "cuda:1" && placement.wanted == "cuda:0")
        #expect(world.journal.entries.contains("cuda:1 instead of cuda:0: There is no driver."))
        world.set("cuda:0", .init())
        // It has failed twice.
        world.pass(rest * 2)
        await engine.returnModels()
        #expect(try await world.see(engine).placement.device == "cuda:0")
    }

    @Test func aModelThatIsNotInMemoryStaysOut() async throws {
        let world = try DeviceWorld([:])
        await world.engine([gpu]).returnModels()
        #expect(world.journal.entries.isEmpty)
    }
}

@Suite struct DeviceRestTests {
    private let now = ContinuousClock.now

    @Test func itIsOverWhenItsTimeHasPassed() {
        #expect(DeviceRest.until(now).isOver(at: now))
        #expect(!DeviceRest.until(now + .nanoseconds(1)).isOver(at: now))
        #expect(!DeviceRest.none.isOver(at: now))
        #expect(!DeviceRest.forGood.isOver(at: now + .seconds(1_000_000)))
    }

    @Test func failuresOnEndMakeItLonger() {
        let minutes = (0...12).map { DeviceRest.length(after: $0) / .seconds(60) }
        #expect(minutes == [10, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60, 60, 60])
        #expect(DeviceRest.length(after: .max) == .seconds(3600))
    }

    @Test func theBestThatHasRestedComesFirst() {
        let (over, later) = (DeviceRest.until(now), DeviceRest.until(now + .seconds(1)))
        #expect(DeviceRest.firstOver([.forGood, later, over, over], at: now) == 2)
        #expect(DeviceRest.firstOver([over, over], at: now) == 0)
        #expect(DeviceRest.firstOver([.none, .forGood, later], at: now) == nil)
        #expect(DeviceRest.firstOver([], at: now) == nil)
    }
}
