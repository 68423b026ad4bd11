import FoveaCore
import FoveaEngine
import Testing

/// Saying no to what can never fit, with the numbers.
@Suite struct RefusalTests {
    let clip = Residencies.clip
    let text = Residencies.text
    let faces = Residencies.faces
    let start = Residencies.start

    private func refusal(_ decision: ModelResidency.Decision) throws -> ModelResidency.Refusal {
        guard case .refuse(let refusal) = decision else {
            throw FoveaError(.invalidRequest, "\(decision) is no refusal")
        }
        return refusal
    }

    @Test func aModelLargerThanTheBudgetIsRefused() throws {
        var residency = Residencies.budgeted()
        residency.use(text, bytes: 50, until: 1)
        let refusal = try refusal(residency.request(clip, bytes: 101, at: start))
        #expect(refusal.model == clip)
        #expect(refusal.bytes == 101)
        #expect(refusal.budget == 100)
        #expect(refusal.kept.isEmpty, "What may be unloaded holds nothing up")
        #expect(residency.holds(text), "Nothing is unloaded in vain")
    }

    @Test func aModelThatFitsExactlyIsNot() {
        var residency = Residencies.budgeted()
        #expect(residency.request(clip, bytes: 100, at: start) == .load(evicting: []))
    }

    @Test func whatIsKeptCountsLargestFirst() throws {
        var residency = Residencies.budgeted(keepAlways: { $0 == Residencies.text })
        residency.pin(faces)
        residency.use(text, bytes: 20, until: 1)
        residency.use(faces, bytes: 30, until: 2)
        let refusal = try refusal(residency.request(clip, bytes: 51, at: start))
        #expect(refusal.kept.map(\.model) == [faces, text])
        #expect(refusal.kept.map(\.bytes) == [30, 20])
        #expect(residency.request(clip, bytes: 50, at: start) == .load(evicting: []))
    }

    @Test func itIsRefusedEvenWhereOthersWait() throws {
        var residency = Residencies.budgeted()
        residency.use(text, bytes: 90)
        #expect(residency.ticket(faces, bytes: 80) != nil)
        #expect(try refusal(residency.request(clip, bytes: 101, at: start)).bytes == 101)
    }

    @Test func whoWaitsIsRefusedOnceItCanNeverFit() {
        var residency = Residencies.budgeted()
        residency.use(text, bytes: 90)
        #expect(residency.ticket(faces, bytes: 80) != nil)
        residency.pin(text)
        #expect(described(residency.release(text, at: start)) == ["refuse \(faces)"])
    }

    @Test func theMessageHasTheNumbersAndTheSetting() throws {
        var residency = ModelResidency(timeToLive: nil, memoryBudget: 500_000_000)
        var error = try refusal(residency.request(clip, bytes: 600_000_001, at: start)).error
        #expect(error.code == .outOfMemory)
        #expect(
            error.message == """
                Model clip/clip/visual needs about 601 MB of memory, and the budget for all models is 500 MB. \
                Raise FOVEA_MEMORY_BUDGET, use a smaller model.
                """)
        residency.pin(text)
        residency.use(text, bytes: 100_000_000, until: 1)
        error = try refusal(residency.request(clip, bytes: 400_000_001, at: start)).error
        #expect(
            error.message == """
                Model clip/clip/visual needs about 401 MB of memory, and the budget for all models is 500 MB, \
                of which 100 MB is held for good by clip/clip/textual (100 MB). \
                Raise FOVEA_MEMORY_BUDGET, use a smaller model, or keep fewer models loaded.
                """)
    }
}
