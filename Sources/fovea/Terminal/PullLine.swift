import FoveaHub
import FoveaModels
import Foundation
import Synchronization

/// Shows how far a model is on its way: a line that is drawn anew on a terminal,
/// a line for each phase and each tenth elsewhere.
final class PullLine: Sendable {
    private let shown = Mutex<String>("")
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let model: String

    init(_ home: ModelHome) { model = home.description }

    func show(_ progress: PullProgress) {
        let text = isTerminal ? bar(progress) : line(progress)
        shown.withLock { shown in
            guard text != shown else { return }
            if isTerminal {
                let blanks = String(repeating: " ", count: max(0, shown.count - text.count))
                StandardError.write("\r\(text)\(blanks)")
            } else {
                StandardError.write("\(text)\n")
            }
            shown = text
        }
    }

    func end() {
        shown.withLock { shown in
            if isTerminal, !shown.isEmpty { StandardError.write("\n") }
            shown = ""
        }
    }

    private func bar(_ progress: PullProgress) -> String {
        guard progress.phase == .downloading, progress.total > 0 else { return line(progress) }
        let share = min(1, Double(progress.bytes) / Double(progress.total))
        let bar = String(repeating: "#", count: Int(share * 30)).padding(
            toLength: 30, withPad: ".", startingAt: 0)
        return "\(model): [\(bar)] \(Int(share * 100)) % of \(ByteText.file(progress.total))"
    }

    private func line(_ progress: PullProgress) -> String {
        switch progress.phase {
        case .asking: "\(model): asking what there is"
        case .waiting: "\(model): waiting for another process that fetches it"
        case .downloading where progress.total > 0:
            "\(model): \(progress.bytes * 10 / progress.total * 10) % of \(ByteText.file(progress.total))"
        case .downloading: "\(model): downloading"
        }
    }
}
