import Foundation

/// A scalar and its canonical combining class.
struct OrderedScalar {
    var scalar: Unicode.Scalar
    var combiningClass: UInt8
}

/// Decompositions and compositions of single characters, from Foundation.
///
/// Foundation could normalise the text as a whole, but it knows a newer
/// Unicode, gets more than 32 decomposing marks in a row wrong, and composes
/// characters beyond U+FFFF as if they were others.
struct NormalizationTables {
    let isCompatible: Bool
    /// What has been looked up for this text.
    private var decompositions: [Unicode.Scalar: [OrderedScalar]] = [:]

    init(isCompatible: Bool) {
        self.isCompatible = isCompatible
    }

    /// What a character falls apart into.
    mutating func decomposition(of scalar: Unicode.Scalar) -> [OrderedScalar] {
        if let known = decompositions[scalar] { return known }
        var parts = [OrderedScalar(scalar: scalar, combiningClass: 0)]
        // A character that the edition does not know stands for itself: it
        // neither decomposes, nor composes, nor moves.
        if UnicodeEdition.v9.contains(scalar) {
            let string = String(Character(scalar))
            let text =
                isCompatible
                ? string.decomposedStringWithCompatibilityMapping
                : string.decomposedStringWithCanonicalMapping
            parts = text.unicodeScalars.map {
                OrderedScalar(scalar: $0, combiningClass: $0.properties.canonicalCombiningClass.rawValue)
            }
        }
        decompositions[scalar] = parts
        return parts
    }

    /// The character that two make together.
    static func composition(of first: Unicode.Scalar, _ second: OrderedScalar) -> Unicode.Scalar? {
        if let syllable = syllable(first.value, second.scalar.value) { return syllable }
        guard second.combiningClass != 0 || mayCompose(second.scalar) else { return nil }
        return compositions[pair(first, second.scalar)]
    }

    /// Whether a character of class 0 can be the second of a composition:
    /// vowel signs of Indic scripts.
    private static func mayCompose(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x9BE && UnicodeEdition.v9.has(scalar, in: .mark)
    }

    private static func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> UInt64 {
        UInt64(first.value) << 32 | UInt64(second.value)
    }

    /// All compositions of Unicode 9 but for Hangul: the decompositions
    /// reversed, without those that the standard excludes. Made at the first
    /// mark, in about 20 ms.
    private static let compositions: [UInt64: Unicode.Scalar] = {
        var tables = NormalizationTables(isCompatible: false)
        var wholes: [[Unicode.Scalar]: Unicode.Scalar] = [:]
        // Outside of these blocks, nothing that decomposes composes again.
        for value in [0xC0...0x30FF, 0x11000...0x115FF].joined() {
            guard let scalar = Unicode.Scalar(UInt32(value)), !scalar.properties.isFullCompositionExclusion
            else { continue }
            let parts = tables.decomposition(of: scalar).map(\.scalar)
            if parts.count > 1 { wholes[parts] = scalar }
        }
        var compositions: [UInt64: Unicode.Scalar] = [:]
        for (parts, whole) in wholes {
            // Decompositions are complete; all but the last part compose.
            let first = parts.count == 2 ? parts[0] : wholes[Array(parts.dropLast())]
            if let first, let second = parts.last { compositions[pair(first, second)] = whole }
        }
        return compositions
    }()

    /// The Hangul syllable of two letters, or of a syllable and its final
    /// letter (Unicode Standard, section 3.12).
    private static func syllable(_ first: UInt32, _ second: UInt32) -> Unicode.Scalar? {
        if 0x1100...0x1112 ~= first, 0x1161...0x1175 ~= second {
            return Unicode.Scalar(0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28)
        }
        if 0xAC00...0xD7A3 ~= first, (first - 0xAC00) % 28 == 0, 0x11A8...0x11C2 ~= second {
            return Unicode.Scalar(first + second - 0x11A7)
        }
        return nil
    }
}
