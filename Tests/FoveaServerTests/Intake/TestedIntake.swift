import FoveaServer

/// The state behind a reference, because expectations cannot change values.
final class TestedIntake {
    typealias ID = IntakeState.ID

    private var state: IntakeState

    init(requests: Int, bytes: Int) {
        state = IntakeState(maximumRequests: requests, maximumBytes: bytes)
    }

    var bytes: Int { state.bytes }
    var requests: Int { state.requests }
    var isFull: Bool { state.isFull }

    func begin() -> ID { state.begin() }
    func arrive(_ count: Int, of id: ID) -> IntakeState.Decision { state.arrive(count, of: id) }
    func isPaused(_ id: ID) -> Bool { state.isPaused(id) }
    func complete(_ id: ID) -> [ID] { state.complete(id) }
    func end(_ id: ID) -> [ID] { state.end(id) }

    /// A request of which that much has been read.
    func reading(_ bytes: Int) -> ID {
        let id = begin()
        _ = arrive(bytes, of: id)
        return id
    }

    /// A request that is whole.
    func whole(_ bytes: Int) -> ID {
        let id = reading(bytes)
        _ = complete(id)
        return id
    }
}
