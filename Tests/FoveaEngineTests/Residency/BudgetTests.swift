import FoveaCore
import FoveaEngine
import Testing

/// Making room in a budget of 100 bytes.
@Suite struct BudgetTests {
    let clip = Residencies.clip
    let text = Residencies.text
    let faces = Residencies.faces
    let ocr = Residencies.ocr
    let start = Residencies.start

    @Test func whatFitsEvictsNothing() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 60, until: 1)
        #expect(residency.request(text, bytes: 40, at: start) == .load(evicting: []))
        #expect(residency.bytes(of: clip) == 60)
    }

    @Test func theLeastRecentlyUsedGoesFirst() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 40, until: 1)
        residency.use(text, bytes: 40, until: 2)
        residency.use(clip, until: 3)
        #expect(residency.request(faces, bytes: 50, at: start + .seconds(4)) == .load(evicting: [text]))
        #expect(!residency.holds(text))
        #expect(residency.holds(clip))
        #expect(residency.bytes(of: text) == 0)
    }

    @Test func asManyGoAsAreNeeded() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 30, until: 3)
        residency.use(text, bytes: 30, until: 1)
        residency.use(ocr, bytes: 30, until: 2)
        #expect(residency.request(faces, bytes: 70, at: start + .seconds(4)) == .load(evicting: [text, ocr]))
    }

    @Test func noneGoesWithoutNeed() {
        var residency = Residencies.budgeted()
        residency.use(text, bytes: 10, until: 1)
        residency.use(clip, bytes: 80, until: 2)
        // 20 are missing: the text model's 10 would not do, the other's 80 do alone.
        #expect(residency.request(faces, bytes: 30, at: start + .seconds(3)) == .load(evicting: [clip]))
        #expect(residency.holds(text))
    }

    @Test func whatIsKeptIsNeverEvicted() {
        var residency = Residencies.budgeted(keepAlways: { $0 == Residencies.text })
        residency.pin(clip)
        residency.use(clip, bytes: 30, until: 1)
        residency.use(text, bytes: 30, until: 2)
        residency.use(ocr, bytes: 30, until: 3)
        #expect(residency.request(faces, bytes: 40, at: start + .seconds(4)) == .load(evicting: [ocr]))
    }

    @Test func memoryOfAFailedLoadIsFree() {
        var residency = Residencies.budgeted()
        _ = residency.request(clip, bytes: 100, at: start)
        _ = residency.failed(clip, at: start)
        #expect(residency.request(faces, bytes: 100, at: start) == .load(evicting: []))
    }

    @Test func memoryOfAnExpiredModelIsFree() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 100, until: 0)
        #expect(residency.expire(at: start + .seconds(300)) == [clip])
        #expect(residency.request(faces, bytes: 100, at: start + .seconds(300)) == .load(evicting: []))
    }
}
