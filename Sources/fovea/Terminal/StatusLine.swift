import Foundation
import Synchronization

/// A line on a terminal that says what is under way, and is gone in the end;
/// nothing elsewhere.
final class StatusLine: Sendable {
    private let shown = Mutex(0)
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ text: String) {
        guard isTerminal else { return }
        shown.withLock { shown in
            let blanks = String(repeating: " ", count: max(0, shown - text.count))
            write("\r\(text)\(blanks)")
            shown = text.count
        }
    }

    func end() {
        guard isTerminal else { return }
        shown.withLock { shown in
            write("\r\(String(repeating: " ", count: shown))\r")
            shown = 0
        }
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
