import FoveaBackends
import FoveaInstaller
import Foundation
import Synchronization

/// Shows how far an installation is: a line that is drawn anew on a terminal,
/// a line for each phase elsewhere.
final class ProgressLine: Sendable {
    private let shown = Mutex<String>("")
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ progress: InstallProgress) {
        let text = isTerminal ? progress.text : progress.phase.text
        shown.withLock { shown in
            guard text != shown else { return }
            let rest = String(repeating: " ", count: max(0, shown.count - text.count))
            write(isTerminal ? "\r\(text)\(rest)" : "\(progress.package.rawValue): \(text)\n")
            shown = text
        }
    }

    func end() {
        if isTerminal { write("\n") }
    }

    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

extension InstallProgress {
    fileprivate var text: String {
        guard total > 0 else { return "\(package.rawValue): \(phase.text)" }
        let share = Double(bytes) / Double(total)
        let bar = String(repeating: "#", count: Int(share * 30)).padding(
            toLength: 30, withPad: ".", startingAt: 0)
        return String(
            format: "%@: %@ [%@] %3d %% of %d MB", package.rawValue, phase.text, bar, Int(share * 100),
            total / 1_000_000)
    }
}

extension InstallProgress.Phase {
    fileprivate var text: String {
        switch self {
        case .waiting: "waiting for another installation"
        case .downloading: "downloading"
        case .verifying: "verifying"
        case .unpacking: "unpacking"
        }
    }
}
