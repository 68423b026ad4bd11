/// A set of characters as regular expressions write it: `[^\s\p{L}]`.
struct ScalarSet: Sendable {
    /// One part of a set.
    indirect enum Part: Sendable {
        case range(ClosedRange<UInt32>)
        case categories(CategorySet)
        case property(Property)
        case nested(ScalarSet)
    }

    /// A property other than a general category.
    enum Property: Sendable {
        case whitespace, alphabetic, lowercase, uppercase, graphic
        /// `\w` in brackets, and outside, where superscript digits and
        /// fractions of Latin-1 belong to it.
        case word, bareWord
    }

    private var parts: [Part] = []
    private var isNegated = false
    /// Other sets that a member must be in, too (`&&`).
    private var intersections: [ScalarSet] = []
    private var ignoresCase = false
    /// The members below 128, bit by bit.
    private var ascii: (low: UInt64, high: UInt64) = (0, 0)

    init(
        _ parts: [Part], negated: Bool = false, and intersections: [ScalarSet] = [], ignoresCase: Bool = false
    ) {
        self.parts = parts
        self.intersections = intersections
        self.isNegated = negated
        self.ignoresCase = ignoresCase
        for value in UInt32(0)..<128 {
            guard let scalar = Unicode.Scalar(value), holds(scalar) else { continue }
            if value < 64 { ascii.low |= 1 << value } else { ascii.high |= 1 << (value - 64) }
        }
    }

    init(_ scalar: Unicode.Scalar) {
        self.init([.range(scalar.value...scalar.value)])
    }

    /// The same set, blind to case.
    var caseInsensitive: ScalarSet {
        ScalarSet(parts, negated: isNegated, and: intersections, ignoresCase: true)
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<64: ascii.low >> UInt64(scalar.value) & 1 == 1
        case ..<128: ascii.high >> UInt64(scalar.value - 64) & 1 == 1
        default: holds(scalar)
        }
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        var inside = includes(scalar)
        if !inside, ignoresCase {
            inside = scalar.caseVariants.contains(where: includes)
        }
        return inside != isNegated
    }

    private func includes(_ scalar: Unicode.Scalar) -> Bool {
        parts.contains { $0.contains(scalar) } && intersections.allSatisfy { $0.contains(scalar) }
    }
}

extension ScalarSet.Part {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .range(let range): range.contains(scalar.value)
        case .categories(let categories): UnicodeEdition.v16.has(scalar, in: categories)
        case .property(let property): property.holds(for: scalar)
        case .nested(let set): set.contains(scalar)
        }
    }
}

extension ScalarSet.Property {
    fileprivate func holds(for scalar: Unicode.Scalar) -> Bool {
        let edition = UnicodeEdition.v16
        let properties = scalar.properties
        return switch self {
        case .whitespace: scalar.isWhitespace
        case .alphabetic: properties.isAlphabetic && edition.contains(scalar)
        case .lowercase:
            // U+0295 became an "other letter" in Unicode 17.
            properties.isLowercase && edition.contains(scalar) || scalar.value == 0x295
        case .uppercase: properties.isUppercase && edition.contains(scalar)
        case .graphic:
            !scalar.isWhitespace && !edition.has(scalar, in: [.control, .unassigned])
        case .word:
            // Unlike UTS 18, without the zero-width joiners.
            scalar.isWord && scalar.value != 0x200C && scalar.value != 0x200D
        case .bareWord:
            switch scalar.value {
            case 0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE: true
            default: Self.word.holds(for: scalar)
            }
        }
    }
}

extension Unicode.Scalar {
    /// The characters that differ from this one in case only, one by one.
    fileprivate var caseVariants: [Unicode.Scalar] {
        // Dotless i has the capital of i, but is another letter.
        if value == 0x131 { return [] }
        let upper = properties.uppercaseMapping.unicodeScalars
        let lower = properties.lowercaseMapping.unicodeScalars
        var variants: [Unicode.Scalar] = []
        if lower.count == 1, let first = lower.first { variants.append(first) }
        if upper.count == 1, let first = upper.first {
            variants.append(first)
            // ſ and the Kelvin sign lead to s and k by way of S and K.
            let folded = first.properties.lowercaseMapping.unicodeScalars
            if folded.count == 1, let first = folded.first { variants.append(first) }
        }
        // … and s and k to them.
        switch value {
        case 0x53, 0x73: variants.append("\u{17F}")
        case 0x4B, 0x6B: variants.append("\u{212A}")
        default: break
        }
        return variants
    }
}
