/// Decides whose body is read when there is not room for all: the bound on
/// what waiting requests may hold in memory.
///
/// A request holds what has been read of it until it is answered. Where the
/// limits are reached, those still being read pause, which the network passes
/// on to their senders. A request counts as held only once it is whole, so
/// that senders who dawdle keep nobody else out.
///
/// Only decides. ``Intake`` does the waiting.
package struct IntakeState {
    package typealias ID = UInt64

    /// What to do about the next piece of a body.
    package enum Decision: Equatable {
        case take
        case pause
    }

    private struct Reading {
        var bytes = 0
        var paused: Int?
    }

    private let maximumRequests: Int
    private let maximumBytes: Int
    private var reading: [ID: Reading] = [:]
    private var whole: [ID: Int] = [:]
    private var next: ID = 0
    /// Bytes of all bodies, read in part or whole.
    package private(set) var bytes = 0

    /// Requests that are whole and not answered yet.
    package var requests: Int { whole.count }

    /// - Parameters:
    ///   - maximumRequests: that may be held whole before reading pauses.
    ///   - maximumBytes: that bodies may take before reading pauses.
    package init(maximumRequests: Int, maximumBytes: Int) {
        self.maximumRequests = maximumRequests
        self.maximumBytes = maximumBytes
    }

    /// Whether a new request would have to wait.
    package var isFull: Bool { whole.count >= maximumRequests || bytes >= maximumBytes }

    package mutating func begin() -> ID {
        next += 1
        reading[next] = Reading()
        return next
    }

    /// More of a body is there.
    package mutating func arrive(_ count: Int, of id: ID) -> Decision {
        guard reading[id] != nil else { return .take }
        guard mayTake(count, of: id) else {
            reading[id]?.paused = count
            return .pause
        }
        take(count, of: id)
        return .take
    }

    /// Whether the request waits for room for its next piece.
    package func isPaused(_ id: ID) -> Bool { reading[id]?.paused != nil }

    /// The body is whole; its request now waits to be answered.
    package mutating func complete(_ id: ID) -> [ID] {
        guard let done = reading.removeValue(forKey: id) else { return [] }
        whole[id] = done.bytes
        return resumed()
    }

    /// The request was answered, or its client has gone.
    ///
    /// - Returns: whose next piece may be taken now.
    package mutating func end(_ id: ID) -> [ID] {
        let held = whole.removeValue(forKey: id) ?? reading.removeValue(forKey: id)?.bytes ?? 0
        bytes -= held
        return resumed()
    }

    private mutating func resumed() -> [ID] {
        var resumed: [ID] = []
        // The longest read first: it is the nearest to giving its memory back.
        let waiting = reading.filter { $0.value.paused != nil }
            .sorted { ($0.value.bytes, $1.key) > ($1.value.bytes, $0.key) }
        for (id, entry) in waiting {
            // All that there is room for: whoever goes on may turn out to dawdle.
            guard let count = entry.paused, mayTake(count, of: id) else { break }
            reading[id]?.paused = nil
            take(count, of: id)
            resumed.append(id)
        }
        return resumed
    }

    private func mayTake(_ count: Int, of id: ID) -> Bool {
        if whole.count < maximumRequests, bytes + count <= maximumBytes { return true }
        // With nothing whole, nothing will ever give memory back: the one that
        // is furthest goes on beyond the limit, and so on to its answer.
        guard whole.isEmpty, let mine = reading[id] else { return false }
        return reading.allSatisfy { other, entry in
            other == id || entry.bytes < mine.bytes || (entry.bytes == mine.bytes && other > id)
        }
    }

    private mutating func take(_ count: Int, of id: ID) {
        reading[id]?.bytes += count
        bytes += count
    }
}
