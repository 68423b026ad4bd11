import FoveaTasks
import Testing

/// Expected texts are those of Python 3.11: `" ".join(text.split())`, then
/// `.translate(str.maketrans("", "", string.punctuation)).lower()`.
@Suite struct TextCleaningTests {
    @Test(arguments: [
        ("", ""), ("   ", ""), ("a", "a"), ("  a  b ", "a b"), ("a\tb\nc\r\nd", "a b c d"),
        ("a\u{B}b\u{C}c", "a b c"), ("A, b!", "A, b!"), ("Ünï  cödé", "Ünï cödé"),
    ])
    func whiteSpaceIsJoined(text: String, expected: String) {
        #expect(same(TextCleaning.clean(text, canonicalizes: false), expected))
    }

    /// All characters that `str.split()` splits at: `[c for c in map(chr,
    /// range(0x110000)) if len(f"a{c}b".split()) == 2]`.
    @Test func allOfPythonsWhiteSpaceSeparates() {
        var separators: Set<UInt32> = [0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
        separators.formUnion(0x09...0x0D)
        separators.formUnion(0x1C...0x20)
        separators.formUnion(0x2000...0x200A)
        for scalar in (0...0x10FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init) {
            var text = "a".unicodeScalars
            text.append(scalar)
            text.append("b")
            let cleaned = TextCleaning.clean(String(text), canonicalizes: false)
            let isSplit = same(cleaned, "a b")
            if isSplit != separators.contains(scalar.value) {
                Issue.record("U+\(String(scalar.value, radix: 16)): \(isSplit)")
            }
        }
    }

    /// Spaces are joined before punctuation goes, not after.
    @Test(arguments: [
        ("A Dog's-Bone!", "a dogsbone"), (##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##, ""),
        ("a - b", "a  b"), (" . a", " a"), ("x_y", "xy"), ("¿Qué?", "¿qué"), ("a—b…c", "a—b…c"),
        ("1 + 1 = 2", "1  1  2"), ("", ""),
    ])
    func canonicalTextsHaveNoPunctuation(text: String, expected: String) {
        #expect(same(TextCleaning.clean(text, canonicalizes: true), expected))
    }

    /// The capital sigma is the one letter whose small form depends on its
    /// neighbours: at the end of a word it is ς.
    @Test(arguments: [
        ("ÀÉ", "àé"), ("İstanbul", "i\u{307}stanbul"), ("ẞ", "ß"), ("ǅ", "ǆ"), ("𐐀", "𐐨"), ("Ꙁ", "ꙁ"),
        ("\u{2126} \u{212A} \u{212B}", "ω k \u{E5}"),
        ("ΟΔΟΣ", "οδος"), ("ΟΔΟΣ ΣΣ", "οδος σς"), ("Σ", "σ"), ("ΑΣ\u{301}", "ας\u{301}"),
        ("ΑΣ Β", "ας β"), ("ΑΣΒ", "ασβ"), ("日本語", "日本語"),
    ])
    func lettersAreLoweredAsPythonDoes(text: String, expected: String) {
        #expect(same(TextCleaning.clean(text, canonicalizes: true), expected))
    }

    /// Swift's `==` takes canonically equal texts for the same; tokenizers do not.
    private func same(_ a: String, _ b: String) -> Bool { Array(a.unicodeScalars) == Array(b.unicodeScalars) }
}
