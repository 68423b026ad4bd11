package import FoveaCore

// https://www.w3.org/TR/server-timing/#the-server-timing-header-field:
// metrics divided by commas, each a name and parameters divided by semicolons;
// `dur` is in milliseconds.
extension PredictionReport {
    /// `queue;dur=0.1, decode;dur=9.8`: the phases in the order they happen,
    /// in milliseconds to three places. `nil` where there are none.
    package var timingHeader: String? {
        let metrics = Phase.allCases.compactMap { phase in
            durations[phase].map { "\(phase.rawValue);dur=\(Self.milliseconds($0))" }
        }
        return metrics.isEmpty ? nil : metrics.joined(separator: ", ")
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let (microseconds, isTooLong) = duration.microseconds
        let whole = isTooLong ? longestMilliseconds : microseconds / 1000
        let rest = isTooLong ? 0 : microseconds % 1000
        guard rest > 0 else { return String(whole) }
        var digits = String(rest + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }

    /// Over thirty years; longer is a mistake.
    private static let longestMilliseconds = 1_000_000_000_000

    /// Phases of other names, and those without a sensible duration, are left
    /// out; of two alike, the first counts.
    package static func durations(timing: String) -> [Phase: Duration] {
        var durations: [Phase: Duration] = [:]
        for metric in HeaderText.split(timing, at: ",") {
            let parts = HeaderText.split(metric, at: ";")
            guard let phase = parts.first.flatMap(Phase.init), durations[phase] == nil else { continue }
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=", maxSplits: 1).map { HeaderText.trimmed($0) }
                guard pair.count == 2, pair[0].lowercased() == "dur" else { continue }
                let text = pair[1].first == "\"" ? String(pair[1].dropFirst().dropLast()) : pair[1]
                if let milliseconds = Double(text), (0...Double(longestMilliseconds)).contains(milliseconds) {
                    durations[phase] = .microseconds(Int64((milliseconds * 1000).rounded()))
                }
                // A second `dur` does not count, whatever the first one says.
                break
            }
        }
        return durations
    }
}

extension Duration {
    /// Rounded to microseconds; what is negative is none.
    fileprivate var microseconds: (value: Int, isTooLong: Bool) {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return (0, false) }
        guard seconds < 1_000_000_000 else { return (0, true) }
        return (Int(seconds) * 1_000_000 + Int((attoseconds + 500_000_000_000) / 1_000_000_000_000), false)
    }
}

/// What both headers need to be taken apart.
enum HeaderText {
    /// Splits where `separator` is not inside a quoted string; parts are
    /// without blanks around them.
    static func split(_ text: String, at separator: Unicode.Scalar) -> [String] {
        var parts: [String] = []
        var part = String.UnicodeScalarView()
        var isQuoted = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == separator && !isQuoted {
                parts.append(trimmed(String(part)))
                part = String.UnicodeScalarView()
                continue
            }
            if scalar == "\"" && !isEscaped { isQuoted.toggle() }
            isEscaped = isQuoted && scalar == "\\" && !isEscaped
            part.append(scalar)
        }
        return parts + [trimmed(String(part))]
    }

    /// Without blanks and tabs at either end.
    static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = text.drop(while: isBlank)
        guard let last = start.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(start[...last])
    }
}
