import FoveaCore
import FoveaEngine
import Testing

/// Loading once, and keeping what is in use.
@Suite struct LeaseTests {
    let model = Residencies.clip
    let other = Residencies.text
    let start = Residencies.start

    @Test func theFirstRequestLoadsAndTheOthersShare() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        #expect(residency.request(model, at: start) == .load(evicting: []))
        #expect(residency.request(model, at: start) == .share)
        #expect(
            residency.request(other, at: start) == .load(evicting: []),
            "A load must not hold up another model")
        residency.loaded(model, at: start)
        #expect(residency.request(model, at: start) == .share)
    }

    @Test func aFailedLoadIsTriedAgain() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        _ = residency.request(model, at: start)
        _ = residency.request(model, at: start)
        #expect(residency.failed(model, at: start).isEmpty)
        #expect(!residency.holds(model))
        #expect(residency.request(model, at: start) == .load(evicting: []))
    }

    @Test func aModelInUseDoesNotExpire() {
        var residency = ModelResidency(timeToLive: .seconds(300))
        residency.use(model)
        residency.use(model)
        #expect(residency.expire(at: start + .seconds(900)).isEmpty)
        _ = residency.release(model, at: start + .seconds(900))
        #expect(residency.expire(at: start + .seconds(9000)).isEmpty, "One of two still uses it")
        _ = residency.release(model, at: start + .seconds(9000))
        #expect(residency.expire(at: start + .seconds(9299)).isEmpty, "Its time begins when its use ends")
        #expect(residency.expire(at: start + .seconds(9300)) == [model])
    }

    @Test func aModelBeingLoadedDoesNotExpire() {
        var residency = ModelResidency(timeToLive: .seconds(1))
        _ = residency.request(model, at: start)
        #expect(residency.expire(at: start + .seconds(900)).isEmpty)
        residency.loaded(model, at: start + .seconds(900))
        _ = residency.release(model, at: start + .seconds(900))
        #expect(residency.expire(at: start + .seconds(900)).isEmpty)
    }

    @Test func withoutABudgetAnythingFits() {
        var residency = ModelResidency(timeToLive: nil)
        for id in [model, other, Residencies.faces] {
            #expect(residency.request(id, bytes: Int.max / 4, at: start) == .load(evicting: []))
        }
    }
}
