import FoveaCore
import FoveaEngine
import Testing

@Suite struct ModelResidencyTests {
    let model = ModelID(.clip, .visual, name: "a")
    let other = ModelID(.clip, .textual, name: "a")
    let start = ContinuousClock.now

    @Test func theFirstRequestLoadsAndTheOthersShare() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        #expect(residency.request(model, at: start) == .load)
        #expect(residency.request(model, at: start) == .share)
        #expect(residency.request(other, at: start) == .load, "A load must not hold up another model")
        residency.loaded(model, at: start)
        #expect(residency.request(model, at: start) == .share)
    }

    @Test func aFailedLoadIsTriedAgain() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        _ = residency.request(model, at: start)
        residency.failed(model)
        #expect(residency.request(model, at: start) == .load)
    }

    @Test func anIdleModelIsUnloadedOnceItsTimeHasPassed() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        _ = residency.request(model, at: start)
        residency.loaded(model, at: start)
        #expect(residency.expire(at: start + .seconds(299)).isEmpty)
        #expect(residency.expire(at: start + .seconds(300)) == [model])
        #expect(residency.expire(at: start + .seconds(301)).isEmpty)
        #expect(residency.request(model, at: start + .seconds(302)) == .load)
    }

    @Test func useProlongsTheStay() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        _ = residency.request(model, at: start)
        residency.loaded(model, at: start)
        _ = residency.request(model, at: start + .seconds(200))
        #expect(residency.expire(at: start + .seconds(499)).isEmpty)
        #expect(residency.expire(at: start + .seconds(500)) == [model])
    }

    @Test func aModelBeingLoadedDoesNotExpire() {
        var residency = ModelResidency(timeToLive: .seconds(1))
        _ = residency.request(model, at: start)
        #expect(residency.expire(at: start + .seconds(900)).isEmpty)
        residency.loaded(model, at: start + .seconds(900))
        #expect(residency.expire(at: start + .seconds(900)).isEmpty, "Its time begins when it is there")
    }

    @Test func pinnedModelsStay() {
        var residency = ModelResidency(timeToLive: .seconds(1))
        residency.pin(model)
        for id in [model, other] {
            _ = residency.request(id, at: start)
            residency.loaded(id, at: start)
        }
        #expect(residency.expire(at: start + .seconds(900)) == [other])
    }

    @Test func withoutATimeToLiveModelsStay() {
        var residency = ModelResidency(timeToLive: nil)
        _ = residency.request(model, at: start)
        residency.loaded(model, at: start)
        #expect(residency.expire(at: start + .seconds(1_000_000)).isEmpty)
    }
}
