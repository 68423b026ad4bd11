import FoveaCore
import FoveaGateway
import Testing

@Suite struct AdmissionQueueTests {
    /// A queue of requests numbered from 1 on, each of a priority and a client.
    private func queue(_ requests: [(RequestPriority, String)]) -> TestedQueue {
        let queue = TestedQueue()
        for (index, request) in requests.enumerated() {
            queue.enqueue(UInt64(index + 1), request.0, client: request.1)
        }
        return queue
    }

    private func drained(_ queue: TestedQueue) -> [UInt64] {
        var order: [UInt64] = []
        while let id = queue.removeFirst() { order.append(id) }
        #expect(queue.state.isEmpty)
        return order
    }

    @Test func anEmptyQueueHasNobody() {
        let queue = TestedQueue()
        #expect(queue.state.isEmpty)
        #expect(queue.state.count == 0)
        #expect(queue.state.first == nil)
        #expect(queue.removeFirst() == nil)
        #expect(queue.removeAll().isEmpty)
        #expect(!queue.remove(1))
    }

    @Test func oneClientsRequestsGoInTheOrderTheyCame() {
        #expect(drained(queue(Array(repeating: (.standard, "a"), count: 5))) == [1, 2, 3, 4, 5])
    }

    @Test func prioritiesGoBeforeAge() {
        let queue = queue([
            (.bulk, "a"), (.standard, "a"), (.interactive, "a"), (.bulk, "b"), (.standard, "b"),
            (.interactive, "b"),
        ])
        #expect(drained(queue) == [3, 6, 2, 5, 1, 4])
    }

    @Test func clientsTakeTurns() {
        // Client a came first with four; b and c get every other turn.
        let queue = queue([
            (.standard, "a"), (.standard, "a"), (.standard, "a"), (.standard, "a"), (.standard, "b"),
            (.standard, "c"), (.standard, "b"),
        ])
        #expect(drained(queue) == [1, 5, 6, 2, 7, 3, 4])
    }

    @Test func aClientThatComesLaterWaitsForOneTurnOnly() {
        let queue = queue(Array(repeating: (.standard, "a"), count: 100))
        #expect(queue.removeFirst() == 1)
        queue.enqueue(101, .standard, client: "b")
        #expect(queue.removeFirst() == 2)
        #expect(queue.removeFirst() == 101)
        #expect(queue.removeFirst() == 3)
    }

    @Test func turnsOfOnePriorityAreNotThoseOfAnother() {
        let queue = queue([(.standard, "a"), (.standard, "b"), (.interactive, "a")])
        #expect(queue.removeFirst() == 3)
        // That a had a turn among the interactive ones costs it none here.
        #expect(queue.removeFirst() == 1)
        #expect(queue.removeFirst() == 2)
    }

    @Test func theFirstIsWhoIsTakenOutNext() {
        let queue = queue([
            (.bulk, "a"), (.standard, "b"), (.standard, "c"), (.interactive, "a"), (.bulk, "c"),
        ])
        while let first = queue.state.first { #expect(queue.removeFirst() == first.id.number) }
        #expect(queue.state.isEmpty)
    }

    @Test func whoeverLeavesIsOutAtOnce() {
        let queue = queue([(.standard, "a"), (.standard, "a"), (.standard, "b"), (.interactive, "b")])
        #expect(queue.remove(1))
        #expect(!queue.remove(1))
        #expect(queue.remove(4))
        #expect(queue.state.count == 2)
        #expect(drained(queue) == [2, 3])
    }

    @Test func whoLeavesTakesItsTurnAlong() {
        let queue = queue([(.standard, "a"), (.standard, "b"), (.standard, "c")])
        #expect(queue.remove(1))
        // Client a comes again, behind the others.
        queue.enqueue(4, .standard, client: "a")
        #expect(drained(queue) == [2, 3, 4])
    }

    @Test func counts() {
        let queue = queue([(.standard, "a"), (.standard, "b"), (.bulk, "a")])
        #expect(queue.state.count == 3)
        #expect(RequestPriority.allCases.map { queue.state.count(of: $0) } == [0, 2, 1])
        _ = queue.removeFirst()
        #expect(RequestPriority.allCases.map { queue.state.count(of: $0) } == [0, 1, 1])
    }

    @Test func everybodyIsTakenOutOldestFirst() {
        let queue = queue([(.bulk, "a"), (.interactive, "b"), (.standard, "a")])
        #expect(queue.removeAll() == [1, 2, 3])
        #expect(queue.state.isEmpty)
        #expect(queue.state.count(of: .bulk) == 0)
    }
}

/// The queue behind a reference, because expectations cannot change values.
private final class TestedQueue {
    private(set) var state = AdmissionQueue()

    func enqueue(_ request: UInt64, _ priority: RequestPriority, client: String) {
        state.enqueue(RequestID(request), priority: priority, client: client)
    }

    func removeFirst() -> UInt64? { state.removeFirst()?.number }
    func remove(_ request: UInt64) -> Bool { state.remove(RequestID(request)) }
    func removeAll() -> [UInt64] { state.removeAll().map(\.number) }
}
