/// A set of Unicode general categories.
struct CategorySet: OptionSet, Sendable {
    let rawValue: UInt32

    static let uppercase = CategorySet(.uppercaseLetter)
    static let lowercase = CategorySet(.lowercaseLetter)
    static let nonspacingMark = CategorySet(.nonspacingMark)
    static let decimalNumber = CategorySet(.decimalNumber)
    static let connectorPunctuation = CategorySet(.connectorPunctuation)
    static let control = CategorySet(.control)
    static let unassigned = CategorySet(.unassigned)

    static let letter: CategorySet = [
        .uppercase, .lowercase, CategorySet(.titlecaseLetter), CategorySet(.modifierLetter),
        CategorySet(.otherLetter),
    ]
    static let mark: CategorySet = [.nonspacingMark, CategorySet(.spacingMark), CategorySet(.enclosingMark)]
    static let number: CategorySet = [
        .decimalNumber, CategorySet(.letterNumber), CategorySet(.otherNumber),
    ]
    static let punctuation: CategorySet = [
        .connectorPunctuation, CategorySet(.dashPunctuation), CategorySet(.openPunctuation),
        CategorySet(.closePunctuation), CategorySet(.initialPunctuation), CategorySet(.finalPunctuation),
        CategorySet(.otherPunctuation),
    ]
    static let symbol: CategorySet = [
        CategorySet(.mathSymbol), CategorySet(.currencySymbol), CategorySet(.modifierSymbol),
        CategorySet(.otherSymbol),
    ]
    static let separator: CategorySet = [
        CategorySet(.spaceSeparator), CategorySet(.lineSeparator), CategorySet(.paragraphSeparator),
    ]
    static let other: CategorySet = [
        .control, CategorySet(.format), CategorySet(.privateUse), CategorySet(.surrogate), .unassigned,
    ]

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ category: Unicode.GeneralCategory) {
        self.init(rawValue: 1 << Self.index(of: category))
    }

    private static func index(of category: Unicode.GeneralCategory) -> UInt32 {
        switch category {
        case .uppercaseLetter: 0
        case .lowercaseLetter: 1
        case .titlecaseLetter: 2
        case .modifierLetter: 3
        case .otherLetter: 4
        case .nonspacingMark: 5
        case .spacingMark: 6
        case .enclosingMark: 7
        case .decimalNumber: 8
        case .letterNumber: 9
        case .otherNumber: 10
        case .connectorPunctuation: 11
        case .dashPunctuation: 12
        case .openPunctuation: 13
        case .closePunctuation: 14
        case .initialPunctuation: 15
        case .finalPunctuation: 16
        case .otherPunctuation: 17
        case .mathSymbol: 18
        case .currencySymbol: 19
        case .modifierSymbol: 20
        case .otherSymbol: 21
        case .spaceSeparator: 22
        case .lineSeparator: 23
        case .paragraphSeparator: 24
        case .control: 25
        case .format: 26
        case .surrogate: 27
        case .privateUse: 28
        case .unassigned: 29
        @unknown default: 29
        }
    }

    /// The set a regular expression means by `\p{name}`: `L`, `Lu`, …
    init?(name: String) {
        guard let set = Self.named[name.lowercased()] else { return nil }
        self = set
    }

    private static let named: [String: CategorySet] = [
        "l": .letter, "letter": .letter,
        "lu": .uppercase, "ll": .lowercase, "lt": CategorySet(.titlecaseLetter),
        "lm": CategorySet(.modifierLetter), "lo": CategorySet(.otherLetter),
        "m": .mark, "mark": .mark,
        "mn": .nonspacingMark, "mc": CategorySet(.spacingMark), "me": CategorySet(.enclosingMark),
        "n": .number, "number": .number,
        "nd": .decimalNumber, "nl": CategorySet(.letterNumber), "no": CategorySet(.otherNumber),
        "p": .punctuation, "punctuation": .punctuation, "punct": .punctuation,
        "pc": .connectorPunctuation, "pd": CategorySet(.dashPunctuation), "ps": CategorySet(.openPunctuation),
        "pe": CategorySet(.closePunctuation), "pi": CategorySet(.initialPunctuation),
        "pf": CategorySet(.finalPunctuation), "po": CategorySet(.otherPunctuation),
        "s": .symbol, "symbol": .symbol,
        "sm": CategorySet(.mathSymbol), "sc": CategorySet(.currencySymbol),
        "sk": CategorySet(.modifierSymbol),
        "so": CategorySet(.otherSymbol),
        "z": .separator, "separator": .separator,
        "zs": CategorySet(.spaceSeparator), "zl": CategorySet(.lineSeparator),
        "zp": CategorySet(.paragraphSeparator),
        "c": .other, "other": .other,
        "cc": .control, "cf": CategorySet(.format), "cs": CategorySet(.surrogate),
        "co": CategorySet(.privateUse), "cn": .unassigned,
    ]
}
