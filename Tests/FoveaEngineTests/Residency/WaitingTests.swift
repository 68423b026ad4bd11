import FoveaCore
import FoveaEngine
import Testing

/// Waiting for memory that others use, in a budget of 100 bytes.
@Suite struct WaitingTests {
    let clip = Residencies.clip
    let text = Residencies.text
    let faces = Residencies.faces
    let ocr = Residencies.ocr
    let start = Residencies.start

    @Test func aModelInUseIsWaitedFor() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 60)
        residency.use(clip)
        let ticket = residency.ticket(faces, bytes: 60)
        #expect(residency.release(clip, at: start).isEmpty, "One of two still uses it")
        let admissions = residency.release(clip, at: start)
        #expect(described(admissions) == ["load \(faces) evicting [\(clip)]"])
        #expect(admissions.map(\.ticket) == [ticket])
        #expect(admissions.map(\.isPreload) == [false])
        #expect(residency.holds(faces) && !residency.holds(clip))
    }

    @Test func aModelBeingLoadedIsWaitedFor() {
        var residency = Residencies.budgeted()
        _ = residency.request(clip, bytes: 60, at: start)
        #expect(residency.ticket(faces, bytes: 60) != nil)
        residency.loaded(clip, at: start)
        #expect(described(residency.release(clip, at: start)) == ["load \(faces) evicting [\(clip)]"])
    }

    @Test func aLoadThatFailsLetsOthersIn() {
        var residency = Residencies.budgeted()
        _ = residency.request(clip, bytes: 60, at: start)
        #expect(residency.ticket(faces, bytes: 60) != nil)
        #expect(described(residency.failed(clip, at: start)) == ["load \(faces) evicting []"])
    }

    @Test func idleModelsGoBeforeThoseInUse() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 40)
        residency.use(text, bytes: 40, until: 9)
        #expect(residency.request(faces, bytes: 60, at: start) == .load(evicting: [text]))
    }

    @Test func firstComeFirstServed() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 90)
        #expect(residency.ticket(faces, bytes: 80) != nil)
        #expect(residency.ticket(ocr, bytes: 5) != nil, "It would fit, but take from what another waits for")
        #expect(
            described(residency.release(clip, at: start)) == [
                "load \(faces) evicting [\(clip)]", "load \(ocr) evicting []",
            ])
    }

    @Test func aBusyModelCannotKeepOthersOutForEver() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 60)
        #expect(residency.ticket(faces, bytes: 60) != nil)
        #expect(residency.ticket(clip) != nil, "It has to go: who wants it waits until it is back")
        #expect(described(residency.release(clip, at: start)) == ["load \(faces) evicting [\(clip)]"])
        residency.loaded(faces, at: start)
        #expect(described(residency.release(faces, at: start)) == ["load \(clip) evicting [\(faces)]"])
    }

    @Test func aBusyModelThatMayStayIsSharedMeanwhile() {
        var residency = Residencies.budgeted()
        residency.use(text, bytes: 20, until: 1)
        residency.use(clip, bytes: 70)
        #expect(residency.ticket(faces, bytes: 60) != nil)
        // 50 are missing, for which the 70 have to go, but not the 20.
        #expect(residency.request(text, at: start) == .share)
    }

    @Test func whoWaitsForOneModelGoesTogether() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 60)
        #expect(residency.ticket(faces, bytes: 60) != nil)
        #expect(residency.ticket(clip, bytes: 60) != nil)
        #expect(residency.ticket(faces, bytes: 60) != nil)
        #expect(
            described(residency.release(clip, at: start)) == [
                "load \(faces) evicting [\(clip)]", "share \(faces)",
            ])
        residency.loaded(faces, at: start)
        #expect(residency.release(faces, at: start).isEmpty)
        #expect(described(residency.release(faces, at: start)) == ["load \(clip) evicting [\(faces)]"])
    }

    @Test func whoHangsUpMakesWay() throws {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 90)
        let waiting = residency.ticket(faces, bytes: 80)
        let ticket = try #require(waiting)
        #expect(residency.ticket(ocr, bytes: 5) != nil)
        #expect(described(residency.cancel(ticket, at: start)) == ["load \(ocr) evicting []"])
        #expect(residency.release(clip, at: start).isEmpty)
        #expect(residency.cancel(ticket, at: start).isEmpty, "It is too late to hang up twice")
    }

    @Test func loadsAheadOfUseComeLast() {
        var residency = Residencies.budgeted()
        residency.use(clip, bytes: 90)
        #expect(residency.ticket(faces, bytes: 20, isPreload: true) != nil)
        #expect(residency.request(ocr, bytes: 10, at: start) == .load(evicting: []), "It need not wait")
        #expect(residency.ticket(text, bytes: 20) != nil)
        let admissions = residency.release(clip, at: start)
        #expect(described(admissions) == ["load \(text) evicting [\(clip)]", "load \(faces) evicting []"])
        #expect(admissions.map(\.isPreload) == [false, true])
    }

    /// Whatever happens, the budget holds, nothing in use is unloaded, and
    /// everybody is served in the end.
    @Test(arguments: 0..<200) func chaosEndsWell(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        var residency = ModelResidency(
            timeToLive: .seconds(20), memoryBudget: 100, keepAlways: { $0.name == "0" })
        let models = (0..<6).map { ModelID(.clip, .visual, name: "\($0)") }
        let bytes = [10, 20, 30, 40, 50, 60]
        var world = World()
        for step in 0..<400 {
            let now = start + .seconds(step)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4 where step < 300:
                let index = Int.random(in: 0..<models.count, using: &random)
                let decision = residency.request(
                    models[index], bytes: bytes[index], isPreload: step % 7 == 0, at: now)
                world.apply(decision, to: models[index])
            case 4..<6:
                guard let id = world.takeLoad(using: &random) else { continue }
                if step % 5 == 0 {
                    world.leases[id] = nil
                    world.apply(residency.failed(id, at: now))
                } else {
                    residency.loaded(id, at: now)
                }
            case 6:
                for id in residency.expire(at: now) { world.unload(id) }
            case 7 where step % 3 == 0:
                guard let ticket = world.takeTicket(using: &random) else { continue }
                world.apply(residency.cancel(ticket, at: now))
            default:
                world.releaseOne(in: &residency, at: now, using: &random)
            }
            #expect(models.reduce(0) { $0 + residency.bytes(of: $1) } <= 100)
        }
        // Nobody comes any more; those who are in finish.
        while !world.loading.isEmpty || !world.leases.isEmpty {
            for id in world.loading { residency.loaded(id, at: start + .seconds(500)) }
            world.loading = []
            world.releaseOne(in: &residency, at: start + .seconds(500), using: &random)
        }
        #expect(world.waiting.isEmpty, "Somebody waits for ever")
        #expect(world.faults.isEmpty)
    }
}
