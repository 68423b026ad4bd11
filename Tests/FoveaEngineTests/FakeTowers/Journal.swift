import Synchronization

/// What happened, in order.
final class Journal: Sendable {
    private let state = Mutex<[String]>([])

    var entries: [String] { state.withLock { $0 } }

    func add(_ entry: String) { state.withLock { $0.append(entry) } }

    func count(of entry: String) -> Int { entries.count { $0 == entry } }

    /// Waits for an entry; the suite's limit on time ends it where none comes.
    func wait(for entry: String) async {
        while !entries.contains(entry), !Task.isCancelled { await Task.yield() }
    }
}
