import Foundation

/// A scalar and its canonical combining class.
struct OrderedScalar {
    var scalar: Unicode.Scalar
    var combiningClass: UInt8
}

/// Decompositions and compositions of single characters, from Foundation, as
/// far as one text needs them.
///
/// Foundation could normalise the text as a whole, but it knows a newer
/// Unicode, and gets more than 32 decomposing marks in a row wrong.
struct NormalizationTables {
    let isCompatible: Bool
    private var decompositions: [Unicode.Scalar: [OrderedScalar]] = [:]
    private var compositions: [UInt64: Unicode.Scalar?] = [:]

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
    mutating func composition(of first: Unicode.Scalar, _ second: OrderedScalar) -> Unicode.Scalar? {
        if let syllable = Self.syllable(first.value, second.scalar.value) { return syllable }
        guard second.combiningClass != 0 || Self.mayCompose(second.scalar) else { return nil }
        let key = UInt64(first.value) << 32 | UInt64(second.scalar.value)
        if let known = compositions[key] { return known }
        var pair = String.UnicodeScalarView()
        pair.append(first)
        pair.append(second.scalar)
        let whole = String(pair).precomposedStringWithCanonicalMapping.unicodeScalars
        let result =
            whole.count == 1 ? whole.first.flatMap { UnicodeEdition.v9.contains($0) ? $0 : nil } : nil
        compositions[key] = .some(result)
        return result
    }

    /// Whether a character of class 0 can be the second of a composition:
    /// vowel signs of Indic scripts.
    private static func mayCompose(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x9BE && UnicodeEdition.v9.has(scalar, in: .mark)
    }

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
