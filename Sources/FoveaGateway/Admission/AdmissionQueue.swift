package import FoveaCore

/// Decides who of the waiting goes next: by priority, then taking turns
/// between clients, then by age.
///
/// One client with a thousand pictures to do keeps another that has two
/// waiting for two turns, not for a thousand.
package struct AdmissionQueue {

    /// The waiting of one priority.
    private struct Lane {
        /// Each client's requests, oldest first.
        var requests: [String: [RequestID]] = [:]
        /// Clients with requests, the next one first.
        var turns: [String] = []
    }

    private var lanes: [RequestPriority: Lane] = [:]
    private var places: [RequestID: (priority: RequestPriority, client: String)] = [:]

    package init() {}

    package var isEmpty: Bool { places.isEmpty }

    /// How many wait.
    package var count: Int { places.count }

    /// How many of a priority wait.
    package func count(of priority: RequestPriority) -> Int {
        lanes[priority]?.requests.values.reduce(0) { $0 + $1.count } ?? 0
    }

    package mutating func enqueue(_ id: RequestID, priority: RequestPriority, client: String) {
        var lane = lanes[priority] ?? Lane()
        if lane.requests[client] == nil { lane.turns.append(client) }
        // One that comes back from a service is older than those who wait.
        let place = lane.requests[client]?.lastIndex { $0 < id } ?? -1
        lane.requests[client, default: []].insert(id, at: place + 1)
        lanes[priority] = lane
        places[id] = (priority, client)
    }

    /// Who goes next; stays in the queue.
    package var first: (id: RequestID, priority: RequestPriority)? {
        for priority in RequestPriority.allCases {
            guard let lane = lanes[priority], let client = lane.turns.first,
                let id = lane.requests[client]?.first
            else { continue }
            return (id, priority)
        }
        return nil
    }

    /// Takes out who goes next, and lets the client's next request wait for
    /// the others' turns.
    package mutating func removeFirst() -> RequestID? {
        guard let (id, priority) = first, let client = places[id]?.client else { return nil }
        remove(id)
        if let turn = lanes[priority]?.turns.firstIndex(of: client) {
            lanes[priority]?.turns.remove(at: turn)
            lanes[priority]?.turns.append(client)
        }
        return id
    }

    /// Takes a request out wherever it is.
    ///
    /// - Returns: whether it was waiting.
    @discardableResult
    package mutating func remove(_ id: RequestID) -> Bool {
        guard let place = places.removeValue(forKey: id) else { return false }
        lanes[place.priority]?.requests[place.client]?.removeAll { $0 == id }
        if lanes[place.priority]?.requests[place.client]?.isEmpty == true {
            lanes[place.priority]?.requests[place.client] = nil
            lanes[place.priority]?.turns.removeAll { $0 == place.client }
        }
        return true
    }

    /// Takes everybody out, oldest first.
    package mutating func removeAll() -> [RequestID] {
        defer { self = AdmissionQueue() }
        return places.keys.sorted()
    }
}
