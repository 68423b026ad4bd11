/// Tells how far a run is: a bar that is drawn again and again on a terminal,
/// a line now and then elsewhere.
///
/// Knows no clock: times are seconds since the run began.
package struct ProgressMeter {
    private let total: Int
    private let columns: Int?
    private var done = 0
    private var failed = 0
    private var nextLine = 0.0

    /// Seconds between two plain lines, at least.
    private static let linePause = 5.0

    /// - Parameters:
    ///   - total: photos in the run.
    ///   - columns: width of the terminal, `nil` for plain lines.
    package init(total: Int, columns: Int?) {
        self.total = total
        self.columns = columns
    }

    /// What to write before anything is done.
    package var start: String {
        columns == nil
            ? "\(NumberText.count(total, "photo")); the first ones wait until the models are loaded\n"
            : "\r" + clipped("\(bar) 0/\(total)  loading models")
    }

    /// What to write when the next photo is done, if anything.
    package mutating func advance(seconds: Double, failed isFailed: Bool) -> String {
        done += 1
        if isFailed { failed += 1 }
        let state = state(seconds: seconds)
        if columns != nil {
            return "\r" + clipped("\(bar) \(state)") + "\u{1B}[K" + (done == total ? "\n" : "")
        }
        guard seconds >= nextLine || done == total else { return "" }
        nextLine = seconds + Self.linePause
        return state + "\n"
    }

    /// What to write before a line of text that interrupts the bar.
    package var interruption: String { columns == nil ? "" : "\r\u{1B}[K" }

    private func state(seconds: Double) -> String {
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var parts = ["\(done)/\(total)", "\(NumberText.fixed(rate, 1)) photos/s"]
        if done == total {
            parts.append("done in \(NumberText.duration(seconds: seconds))")
        } else if rate > 0 {
            parts.append("\(NumberText.duration(seconds: Double(total - done) / rate)) left")
        }
        if failed > 0 { parts.append("\(failed) failed") }
        return parts.joined(separator: "  ")
    }

    private var bar: String {
        let width = 24
        let filled = total > 0 ? done * width / total : width
        return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    }

    /// A line that is too long would wrap, and then pile up.
    private func clipped(_ line: String) -> String { String(line.prefix(max((columns ?? 80) - 1, 1))) }
}
