/// Colours and weights for a terminal, or none.
package struct TextStyle: Sendable {
    /// Whether escape codes are put in.
    package let isColored: Bool

    /// - Parameters:
    ///   - isTerminal: whether the text is for a terminal.
    ///   - environment: where `NO_COLOR` set to anything, or a `TERM` that
    ///     can do nothing, turn colours off (no-color.org).
    package init(isTerminal: Bool, environment: [String: String]) {
        let unwanted = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        isColored = isTerminal && !unwanted && environment["TERM"] != "dumb"
    }

    package func bold(_ text: String) -> String { wrapped(text, "1") }
    package func dim(_ text: String) -> String { wrapped(text, "2") }
    package func red(_ text: String) -> String { wrapped(text, "31") }
    package func green(_ text: String) -> String { wrapped(text, "32") }

    private func wrapped(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// `text` without what could steer a terminal: names of files and texts
    /// that were read come from anywhere.
    package static func harmless(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
