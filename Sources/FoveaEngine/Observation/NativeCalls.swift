import FoveaCore
import Synchronization

/// Knows which calls into native code are under way, and since when.
///
/// Native code may hang where nothing in the process can stop it, such as in a
/// driver. Whoever watches asks for the ``oldest`` call now and then:
///
/// ```swift
/// if let call = engine.nativeCalls.oldest, call.age > .seconds(120) {
///     exit(reason: "\(call.name) hangs for \(call.age)")
/// }
/// ```
public final class NativeCalls: Sendable {
    /// A call that is under way.
    public struct UnderWay: Sendable, Equatable {
        /// What is called: `run clip/ViT-B-32__openai/visual`, `open …`.
        public var name: String
        /// How long it has been going on, not counting time for which the
        /// machine was suspended or the call waited for a thread.
        public var age: Duration

        public init(name: String, age: Duration) {
            self.name = name
            self.age = age
        }
    }

    private struct Record {
        var name: String
        /// `nil` while it waits for a thread.
        var since: SuspendingClock.Instant?
        var mayTakeLong: Bool
    }

    private struct State {
        var next = 0
        var records: [Int: Record] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// The call that has been going on for longest; `nil` where none is, or
    /// only such that may take long.
    public var oldest: UnderWay? { oldest(at: .now) }

    /// How many calls are known of, including those that wait for a thread or
    /// may take long.
    public var count: Int { state.withLock { $0.records.count } }

    package func oldest(at now: SuspendingClock.Instant) -> UnderWay? {
        state.withLock { state in
            state.records.values
                .compactMap { record -> (name: String, since: SuspendingClock.Instant)? in
                    guard !record.mayTakeLong, let since = record.since else { return nil }
                    return (record.name, since)
                }
                .min { $0.since < $1.since }
                .map { UnderWay(name: $0.name, age: $0.since.duration(to: now)) }
        }
    }

    /// Notes that a call begins. ``Call/end()`` must follow.
    ///
    /// - Parameter mayTakeLong: such a call is never the ``oldest``, because
    ///   its age tells nothing, as with compiling a graph for a device.
    package func begin(
        _ name: String, mayTakeLong: Bool = false, at now: SuspendingClock.Instant = .now
    ) -> Call {
        state.withLock { state in
            state.next += 1
            state.records[state.next] = Record(name: name, since: now, mayTakeLong: mayTakeLong)
            return Call(number: state.next, calls: self)
        }
    }

    /// Notes a call for as long as `body` takes, less what work on a
    /// ``BlockingPool`` waits for its thread.
    package func noting<Result>(
        _ name: String, mayTakeLong: Bool = false, _ body: () async throws -> Result
    ) async rethrows -> Result {
        let call = begin(name, mayTakeLong: mayTakeLong)
        defer { call.end() }
        return try await WorkObservation.$current.withValue(call, operation: body)
    }

    /// One call, for whoever makes it.
    package struct Call: WorkObserver {
        fileprivate let number: Int
        fileprivate let calls: NativeCalls

        package func workWaits() { set(since: nil) }
        package func workBegins() { workBegins(at: .now) }
        package func workBegins(at now: SuspendingClock.Instant) { set(since: now) }

        package func end() {
            calls.state.withLock { $0.records[number] = nil }
        }

        private func set(since: SuspendingClock.Instant?) {
            calls.state.withLock { $0.records[number]?.since = since }
        }
    }
}
