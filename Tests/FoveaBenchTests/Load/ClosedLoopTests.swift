import FoveaBench
import Synchronization
import Testing

@Suite struct ClosedLoopTests {
    private struct Broken: Error, CustomStringConvertible {
        var description: String { "broken" }
    }

    @Test func noMoreRequestsAreUnderWayThanThereAreClients() async {
        let state = Mutex((now: 0, most: 0, numbers: Set<Int>()))
        let result = await ClosedLoop(clients: 3, leadIn: 0, seconds: 0.05).run { _, number in
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
                #expect(state.numbers.insert(number).inserted, "two requests have the number \(number)")
            }
            for _ in 0..<10 { await Task.yield() }
            state.withLock { $0.now -= 1 }
        }
        #expect(state.withLock { $0.most } <= 3)
        #expect(state.withLock { $0.numbers.count } >= 3)
        #expect(result.failures == 0)
    }

    @Test func clientsGiveUpOnWhatOnlyFails() async {
        let sent = Mutex(0)
        let result = await ClosedLoop(clients: 2, leadIn: 0, seconds: 0.05).run { _, _ in
            sent.withLock { $0 += 1 }
            throw Broken()
        }
        #expect(sent.withLock { $0 } <= 2 * ClosedLoop.mostFailuresInARow)
        #expect(result.perSecond == 0)
        #expect(result.failures > 0)
        #expect(result.failure == "broken")
    }

    @Test func processorTimeIsThatOfTheWindow() async {
        // Each reading is 3 s more than the last.
        let readings = Mutex(10.0)
        let result = await ClosedLoop(clients: 1, leadIn: 0, seconds: 0.02).run(
            processorTime: {
                readings.withLock { value in
                    value += 3
                    return value
                }
            },
            { _, _ in await Task.yield() })
        #expect(result.cpuSeconds == 3)
    }

    @Test(arguments: [
        ("4", [4]), ("1,8", [1, 8]), ("", nil), ("0", nil), ("1,", nil), ("2,x", nil), ("1001", nil),
    ])
    func clientsAreNumbersDividedByCommas(text: String, counts: [Int]?) {
        #expect(ClientCounts(text)?.counts == counts)
    }
}
