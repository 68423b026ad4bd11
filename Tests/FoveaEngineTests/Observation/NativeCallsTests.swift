import FoveaCore
import FoveaEngine
import Testing

@Suite struct NativeCallsTests {
    private let start = SuspendingClock.now

    @Test func theOldestCallIsKnown() {
        let calls = NativeCalls()
        #expect(calls.oldest == nil)
        let first = calls.begin("run a", at: start)
        let second = calls.begin("run b", at: start + .seconds(5))
        let now = start + .seconds(7)
        #expect(calls.oldest(at: now) == .init(name: "run a", age: .seconds(7)))
        first.end()
        #expect(calls.oldest(at: now) == .init(name: "run b", age: .seconds(2)))
        second.end()
        #expect(calls.oldest(at: now) == nil)
        #expect(calls.count == 0)
    }

    @Test func twoCallsOfOneNameAreTwo() {
        let calls = NativeCalls()
        let first = calls.begin("run a", at: start)
        _ = calls.begin("run a", at: start + .seconds(1))
        first.end()
        #expect(calls.oldest(at: start + .seconds(3)) == .init(name: "run a", age: .seconds(2)))
    }

    @Test func whatMayTakeLongIsNotHeldAgainstAnybody() {
        let calls = NativeCalls()
        let compiling = calls.begin("compile a", mayTakeLong: true, at: start)
        #expect(calls.oldest(at: start + .seconds(900)) == nil)
        #expect(calls.count == 1)
        _ = calls.begin("run b", at: start + .seconds(899))
        #expect(calls.oldest(at: start + .seconds(900)) == .init(name: "run b", age: .seconds(1)))
        compiling.end()
    }

    @Test func waitingForAThreadDoesNotCount() {
        let calls = NativeCalls()
        let call = calls.begin("run a", at: start)
        call.workWaits()
        #expect(calls.oldest(at: start + .seconds(900)) == nil)
        call.workBegins(at: start + .seconds(900))
        #expect(calls.oldest(at: start + .seconds(901)) == .init(name: "run a", age: .seconds(1)))
        call.end()
        call.workWaits()
        #expect(calls.count == 0, "What comes late must not bring a call back")
    }

    @Test func aCallIsNotedWhileItsWorkHasAThread() async throws {
        let calls = NativeCalls()
        let pool = BlockingPool(name: "test", width: 1)
        let seen = try await calls.noting("run a") {
            try await pool.run { (calls.oldest?.name, calls.count) }
        }
        #expect(seen == ("run a", 1))
        #expect(calls.count == 0)
    }

    @Test func aCallThatThrowsHasEnded() async {
        let calls = NativeCalls()
        await #expect(throws: CancellationError.self) {
            try await calls.noting("run a") {
                #expect(calls.oldest?.name == "run a")
                throw CancellationError()
            }
        }
        #expect(calls.count == 0)
    }
}
