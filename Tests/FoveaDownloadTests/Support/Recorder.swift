import Synchronization

/// What happened, in order, on whatever thread.
final class Recorder<Element: Sendable>: Sendable {
    private let recorded = Mutex<[Element]>([])

    var all: [Element] { recorded.withLock(\.self) }

    /// - Returns: how many there are by now.
    @discardableResult
    func record(_ element: Element) -> Int {
        recorded.withLock { recorded in
            recorded.append(element)
            return recorded.count
        }
    }
}
