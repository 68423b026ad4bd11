import FoveaCore
import FoveaEngine
import Testing

/// Letting go of what nobody asks for.
@Suite struct ExpiryTests {
    let model = Residencies.clip
    let other = Residencies.text
    let start = Residencies.start

    @Test func anIdleModelIsUnloadedOnceItsTimeHasPassed() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        residency.use(model, until: 0)
        #expect(residency.expire(at: start + .seconds(299)).isEmpty)
        #expect(residency.expire(at: start + .seconds(300)) == [model])
        #expect(residency.expire(at: start + .seconds(301)).isEmpty)
        #expect(residency.request(model, at: start + .seconds(302)) == .load(evicting: []))
    }

    @Test func useProlongsTheStay() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        residency.use(model, until: 0)
        residency.use(model, until: 200)
        #expect(residency.expire(at: start + .seconds(499)).isEmpty)
        #expect(residency.expire(at: start + .seconds(500)) == [model])
    }

    @Test func pinnedModelsStay() {
        var residency = ModelResidency(timeToLive: .seconds(1))
        residency.pin(model)
        for id in [model, other] { residency.use(id, until: 0) }
        #expect(residency.expire(at: start + .seconds(900)) == [other])
        #expect(residency.keeps(model) && !residency.keeps(other))
    }

    @Test func modelsToKeepStayOnceTheyAreLoaded() {
        var residency = ModelResidency(timeToLive: .seconds(1), keepAlways: { $0.type == .textual })
        for id in [model, other] { residency.use(id, until: 0) }
        #expect(residency.expire(at: start + .seconds(900)) == [model])
        #expect(residency.keeps(other) && !residency.keeps(model))
    }

    @Test func withoutATimeToLiveModelsStay() {
        var residency = ModelResidency(timeToLive: nil)
        residency.use(model, until: 0)
        #expect(residency.expire(at: start + .seconds(1_000_000)).isEmpty)
        #expect(residency.nextExpiry(at: start) == nil)
    }

    @Test func theNextExpiryIsThatOfTheModelIdleForLongest() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        residency.use(model, until: 10)
        residency.use(other, until: 20)
        #expect(residency.nextExpiry(at: start + .seconds(30)) == start + .seconds(310))
        #expect(residency.expire(at: start + .seconds(310)) == [model])
        #expect(residency.nextExpiry(at: start + .seconds(310)) == start + .seconds(320))
    }

    @Test func nothingExpiresBeforeTheTimeOfAModelUsedNow() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        #expect(
            residency.nextExpiry(at: start) == start + .seconds(300),
            "A model loaded from now on has all its time")
        residency.use(model)
        #expect(residency.nextExpiry(at: start + .seconds(50)) == start + .seconds(350))
        residency.pin(other)
        residency.use(other, until: 0)
        #expect(
            residency.nextExpiry(at: start + .seconds(50)) == start + .seconds(350),
            "A pinned model has no end")
    }
}
