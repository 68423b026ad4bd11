/// What is done to a text before it is split into tokens.
package enum TextCleaning {
    /// Runs of white space become one space, none is left at the ends.
    /// Canonicalising also deletes ASCII punctuation and lowers letters.
    package static func clean(_ text: String, canonicalizes: Bool) -> String {
        let words = text.unicodeScalars.split(whereSeparator: isWhiteSpace).map(String.init)
        let joined = words.joined(separator: " ")
        guard canonicalizes else { return joined }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: joined.unicodeScalars.lazy.filter { !isPunctuation($0) })
        return lowercased(kept)
    }

    /// What Python's `str.split()` splits at: characters of bidirectional
    /// class WS, B or S, or of category Zs.
    private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000:
            true
        default: false
        }
    }

    /// The 32 characters of Python's `string.punctuation`.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// Python's `str.lower()`: Unicode's full mapping, with its one rule that
    /// looks at neighbours: Σ at the end of a word becomes ς.
    private static func lowercased(_ text: String.UnicodeScalarView) -> String {
        let scalars = Array(text)
        var lowered = ""
        for (index, scalar) in scalars.enumerated() {
            if scalar == "Σ" {
                let endsWord =
                    isCased(scalars[..<index].reversed()) && !isCased(scalars[(index + 1)...])
                lowered += endsWord ? "ς" : "σ"
            } else {
                lowered += scalar.properties.lowercaseMapping
            }
        }
        return lowered
    }

    /// Whether the first character that matters for case is a letter with one.
    private static func isCased(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
        scalars.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
    }
}
