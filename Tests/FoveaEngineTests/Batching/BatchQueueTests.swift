import FoveaCore
import FoveaEngine
import Testing

/// Which requests share a run, and when it begins.
@Suite struct BatchQueueTests {
    private typealias Queue = BatchQueue
    private let start = SuspendingClock.Instant.now

    private func ticket(_ number: Int) -> Queue.Ticket { Queue.Ticket(UInt64(number)) }

    @Test func whileTheDeviceIsIdleNothingWaits() {
        var queue = Queue(BatchRules())
        #expect(queue.add(ticket(1), shapes: [[1, 4]], priority: .normal, at: start) == [.run([ticket(1)])])
    }

    @Test func whileItIsBusyRequestsGatherForAMoment() {
        var queue = Queue(BatchRules(patience: .milliseconds(3)))
        _ = queue.add(ticket(1), shapes: [[1, 4]], priority: .normal, at: start)
        let wake = Queue.Action.wake(at: start + .milliseconds(4))
        #expect(
            queue.add(ticket(2), shapes: [[1, 4]], priority: .normal, at: start + .milliseconds(1)) == [wake])
        #expect(
            queue.add(ticket(3), shapes: [[1, 4]], priority: .normal, at: start + .milliseconds(2)) == [wake])
        #expect(queue.next(at: start + .milliseconds(4)) == [.run([ticket(2), ticket(3)])])
        #expect(queue.add(ticket(4), shapes: [[1, 4]], priority: .normal, at: start + .seconds(1)) == [])
    }

    @Test func aFullRunDoesNotWait() {
        var queue = Queue(BatchRules(maxRows: 2))
        _ = queue.add(ticket(1), shapes: [[1, 4]], priority: .normal, at: start)
        _ = queue.add(ticket(2), shapes: [[1, 4]], priority: .normal, at: start)
        #expect(
            queue.add(ticket(3), shapes: [[1, 4]], priority: .normal, at: start)
                == [.run([ticket(2), ticket(3)])])
    }

    @Test func anIdleDeviceTakesWhatHasGathered() {
        var queue = Queue(BatchRules(runs: 1))
        for number in 1...4 {
            _ = queue.add(ticket(number), shapes: [[1, 4]], priority: .normal, at: start)
        }
        #expect(queue.ended(at: start) == [.run([ticket(2), ticket(3), ticket(4)])])
        #expect(queue.ended(at: start) == [])
    }

    @Test func onlyEqualFormsShareARun() {
        var queue = Queue(BatchRules(runs: 1))
        _ = queue.add(ticket(1), shapes: [[1, 4]], priority: .normal, at: start)
        _ = queue.add(ticket(2), shapes: [[1, 4]], priority: .normal, at: start)
        _ = queue.add(ticket(3), shapes: [[1, 5]], priority: .normal, at: start)
        _ = queue.add(ticket(4), shapes: [[2, 4]], priority: .normal, at: start)
        #expect(queue.ended(at: start) == [.run([ticket(2), ticket(4)])])
        #expect(queue.ended(at: start) == [.run([ticket(3)])])
    }

    @Test func whoWaitsAtTheScreenGoesFirst() {
        var queue = Queue(BatchRules(maxRows: 2, runs: 1))
        for number in 1...3 {
            _ = queue.add(ticket(number), shapes: [[1, 4]], priority: .normal, at: start)
        }
        _ = queue.add(ticket(4), shapes: [[1, 4]], priority: .high, at: start)
        #expect(queue.ended(at: start) == [.run([ticket(4), ticket(2)])])
        #expect(queue.ended(at: start) == [.run([ticket(3)])])
    }

    @Test func whoWaitsAtTheScreenWaitsForNobody() {
        var queue = Queue(BatchRules())
        _ = queue.add(ticket(1), shapes: [[1, 4]], priority: .normal, at: start)
        #expect(queue.add(ticket(2), shapes: [[1, 4]], priority: .high, at: start) == [.run([ticket(2)])])
    }

    @Test func aLadderIsKeptTo() {
        var queue = Queue(BatchRules(ladder: [1, 2, 4, 8, 16], runs: 1))
        for number in 1...8 {
            _ = queue.add(ticket(number), shapes: [[1, 4]], priority: .normal, at: start)
        }
        // Seven wait.
        #expect(queue.ended(at: start) == [.run([ticket(2), ticket(3), ticket(4), ticket(5)])])
        #expect(queue.ended(at: start) == [.run([ticket(6), ticket(7)])])
        #expect(queue.ended(at: start) == [.run([ticket(8)])])
    }

    @Test func oneRequestRunsAsItIs() {
        var queue = Queue(BatchRules(maxRows: 4, ladder: [1, 2, 4]))
        #expect(queue.add(ticket(1), shapes: [[7, 4]], priority: .normal, at: start) == [.run([ticket(1)])])
    }

    @Test func whatNobodyWantsDoesNotRun() {
        var queue = Queue(BatchRules(runs: 1))
        for number in 1...3 {
            _ = queue.add(ticket(number), shapes: [[1, 4]], priority: .normal, at: start)
        }
        queue.drop(ticket(2))
        #expect(queue.ended(at: start) == [.run([ticket(3)])])
    }

    /// On a device whose runs all take the same time.
    @Test(arguments: [[], [1, 2, 4, 8, 16]])
    func sixtyFourAtOnceTakeAtMostEightRuns(ladder: [Int]) {
        var queue = Queue(BatchRules(ladder: ladder))
        var begun: [[Queue.Ticket]] = []
        var underWay = 0
        func note(_ actions: [Queue.Action]) {
            for case .run(let tickets) in actions {
                begun.append(tickets)
                underWay += 1
            }
        }
        for number in 1...64 {
            note(queue.add(ticket(number), shapes: [[1, 3, 224, 224]], priority: .normal, at: start))
        }
        var now = start
        while underWay > 0 {
            now += .milliseconds(20)
            underWay -= 1
            note(queue.ended(at: now))
        }
        #expect(begun.joined().map(\.number).sorted() == Array(1...64))
        #expect(begun.count <= 8)
    }
}
