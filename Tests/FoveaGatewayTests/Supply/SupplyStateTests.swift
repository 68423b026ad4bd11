import FoveaCore
import FoveaGateway
import Testing

@Suite struct SupplyStateTests {
    private let model = ModelID(.clip, .visual, name: "m")
    private let now = SuspendingClock.now

    private struct Refused: Error {}

    /// What was decided, in a word.
    private func word(_ decision: SupplyState.Decision?) -> String {
        switch decision {
        case .ready: "ready"
        case .look: "look"
        case .wait(.fetch): "fetch"
        case .wait(.repair): "repair"
        case .wait(nil): "wait"
        case .refuse: "refuse"
        case nil: "nothing"
        }
    }

    @Test func aModelIsLookedForOnce() {
        var state = SupplyState()
        #expect(word(state.want(model, at: now)) == "look")
        state.found(model)
        #expect(word(state.want(model, at: now)) == "ready")
    }

    @Test func whatIsAbsentIsFetchedOnceForAll() {
        var state = SupplyState()
        #expect(word(state.want(model, isAbsent: true, at: now)) == "fetch")
        #expect(word(state.want(model, isAbsent: true, at: now)) == "wait")
        #expect(word(state.want(model, at: now)) == "wait")
        state.progressed(model, FetchProgress(bytes: 5, totalBytes: 9))
        #expect(state.fetches.map(\.progress) == [FetchProgress(bytes: 5, totalBytes: 9)])
        state.ended(model, nil, at: now)
        #expect(word(state.want(model, at: now)) == "ready")
        #expect(state.fetches.isEmpty)
    }

    @Test func aFailureIsTheAnswerForAWhile() {
        var state = SupplyState()
        _ = state.want(model, isAbsent: true, at: now)
        state.ended(model, Refused(), at: now)
        #expect(word(state.want(model, at: now)) == "look", "Somebody may have put it there")
        #expect(word(state.want(model, isAbsent: true, at: now)) == "refuse")
        let later = now + SupplyState.rest
        #expect(word(state.want(model, isAbsent: true, at: later)) == "fetch")
    }

    @Test func onlyModelsThatCouldNotBeLoadedAreRepaired() {
        var state = SupplyState()
        state.found(model)
        #expect(word(state.suspect(model, at: now)) == "nothing")
        state.loadFailed(model)
        #expect(word(state.suspect(model, at: now)) == "repair")
        #expect(word(state.suspect(model, at: now)) == "wait")
        state.ended(model, nil, at: now)
        #expect(word(state.suspect(model, at: now)) == "nothing")
    }

    @Test func aRepairThatFailedIsNotRepeatedAtOnce() {
        var state = SupplyState()
        state.loadFailed(model)
        _ = state.suspect(model, at: now)
        state.ended(model, Refused(), at: now)
        state.loadFailed(model)
        #expect(word(state.suspect(model, at: now)) == "nothing")
        #expect(word(state.suspect(model, at: now + SupplyState.rest)) == "repair")
    }

    @Test func whatLoadsIsNotSuspected() {
        var state = SupplyState()
        state.loadFailed(model)
        state.loaded(model)
        #expect(word(state.suspect(model, at: now)) == "nothing")
    }

    @Test func aModelThatWentAwayIsLookedForAgain() {
        var state = SupplyState()
        state.found(model)
        state.loadFailed(model)
        #expect(word(state.want(model, at: now)) == "look")
    }
}
