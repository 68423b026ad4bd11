import FoveaCore

/// What the classes of a recognition model stand for.
package struct CTCAlphabet: Sendable, Hashable {
    /// The class that means "no character here".
    package static let blank = 0
    /// By class: nothing for the blank, the dictionary, a space.
    private let characters: [String]

    package var classCount: Int { characters.count }

    /// - Parameter dictionary: without the blank and the space.
    package init(dictionary: [String]) {
        characters = [""] + dictionary + [" "]
    }

    package func text(_ classes: [Int]) -> String {
        classes.map { characters.indices.contains($0) ? characters[$0] : "" }.joined()
    }

    /// - Throws: ``FoveaError/Code/modelInvalid`` if a model has another
    ///   number of classes.
    package func check(classCount: Int) throws {
        guard classCount == self.classCount else {
            throw FoveaError(
                .modelInvalid,
                """
                The text recognition model tells \(classCount) classes apart, but its dictionary of \
                \(self.classCount - 2) characters makes \(self.classCount) with the blank and the space: \
                install the dictionary that belongs to the model.
                """)
        }
    }

    /// The lines of a dictionary, one character each.
    ///
    /// Breaks lines where Python's `str.splitlines` does, which also takes
    /// some control characters for line ends.
    package static func lines(of text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            if scalar == "\n", previous == "\r" { continue }
            switch scalar {
            case "\n", "\r", "\u{b}", "\u{c}", "\u{1c}", "\u{1d}", "\u{1e}", "\u{85}", "\u{2028}", "\u{2029}":
                lines.append(String(line))
                line = String.UnicodeScalarView()
            default:
                line.append(scalar)
            }
        }
        if !line.isEmpty { lines.append(String(line)) }
        return lines
    }
}
