/// The edition of Unicode that a step of a tokenizer knows.
///
/// Hugging Face tokenizers carry tables of different ages, and a character
/// newer than a table is an unassigned one to it. Swift's tables are newer
/// than all of them, and know when each character came, so the older edition
/// follows from them but for the few characters reclassified since.
enum UnicodeEdition: Int {
    /// Punctuation, control characters, and marks of `BertNormalizer`.
    case v8 = 8
    /// Normalisation forms and `StripAccents`.
    case v9 = 9
    /// Regular expressions.
    case v16 = 16

    /// Whether a character was assigned in this edition.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        // Nothing below U+0590 that is older than Unicode 9 came after 5.2,
        // and nothing below U+0370 after 5.0.
        if scalar.value < 0x370 { return true }
        guard let age = scalar.properties.age else { return false }
        return age.major <= rawValue
    }

    /// Whether a character belongs to one of the categories in this edition.
    func has(_ scalar: Unicode.Scalar, in categories: CategorySet) -> Bool {
        categories.contains(category(of: scalar))
    }

    private func category(of scalar: Unicode.Scalar) -> CategorySet {
        guard contains(scalar) else { return .unassigned }
        if let old = reclassified(scalar.value) { return CategorySet(old) }
        return CategorySet(scalar.properties.generalCategory)
    }

    /// The category of a character that got another one later.
    private func reclassified(_ value: UInt32) -> Unicode.GeneralCategory? {
        switch (self, value) {
        case (.v8, 0x166D): .otherPunctuation
        case (.v8, 0x1734), (.v8, 0x1171E): .nonspacingMark
        case (.v8, 0x1885), (.v8, 0x1886): .otherLetter
        case (.v8, 0xA9BD): .spacingMark
        case (.v8, 0x111C9): .otherPunctuation
        case (.v9, 0x1CF2), (.v9, 0x1CF3): .spacingMark
        case (.v9, 0x111C9): .otherPunctuation
        case (.v16, 0x295): .lowercaseLetter
        default: nil
        }
    }
}

extension Unicode.Scalar {
    /// Unicode's White_Space.
    var isWhitespace: Bool {
        isASCII ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace
    }

    /// Whether this counts as punctuation for `BertPreTokenizer` and
    /// `Punctuation`: Unicode's, and all ASCII symbols.
    var isPunctuation: Bool {
        switch value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        case ..<0x80: false
        default: UnicodeEdition.v8.has(self, in: .punctuation)
        }
    }

    /// Whether `Digits` holds this to be a digit: any Unicode number.
    var isNumber: Bool {
        isASCII
            ? 0x30...0x39 ~= value
            : CategorySet.number.contains(CategorySet(properties.generalCategory))
    }

    /// A word character (`\w`) as UTS 18 defines it.
    var isWord: Bool {
        if isASCII {
            return 0x30...0x39 ~= value || 0x61...0x7A ~= value | 0x20 || value == 0x5F
        }
        if value == 0x200C || value == 0x200D { return true }
        let edition = UnicodeEdition.v16
        if edition.has(self, in: [.letter, .mark, .decimalNumber, .connectorPunctuation]) { return true }
        return properties.isAlphabetic && edition.contains(self)
    }
}
